// `postrider catch` on free ports, stopped by its pid.
import {spawn} from 'node:child_process';
import {createInterface} from 'node:readline';

const program = process.env.POSTRIDER;

/** {smtp: {host, port}, http: 'http://127.0.0.1:N', token, get(path), change(method, path, body), stop()} */
export async function startCatch(...options) {
  const http = options.includes('--http') ? [] : ['--http', '127.0.0.1:0'];
  const child = spawn(program, ['catch', '--json', '--smtp', '127.0.0.1:0', ...http, ...options], {stdio: ['ignore', 'pipe', 'inherit']});
  const lines = createInterface({input: child.stdout});
  const first = await new Promise((resolve, reject) => {
    lines.once('line', resolve);
    child.once('exit', (code) => reject(new Error(`postrider catch ended with ${code}`)));
  });
  const said = JSON.parse(first);
  const [host, port] = said.smtp.split(':');
  const origin = `http://${said.http}`;
  const change = async (method, path, body) => {
    const headers = {'Postrider-Token': said.token};
    if (body !== undefined) headers['Content-Type'] = 'application/json';
    const response = await fetch(`${origin}/api/v1/${path}`, {method, headers, body: body === undefined ? undefined : JSON.stringify(body)});
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return response.json();
  };
  const get = async (path) => (await fetch(`${origin}/api/v1/${path}`)).json();
  const stop = () => new Promise((resolve) => {
    child.once('exit', resolve);
    child.kill('SIGTERM');
  });
  return {smtp: {host, port: Number(port)}, http: origin, token: said.token, said, get, change, stop};
}
