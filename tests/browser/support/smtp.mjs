// As much of an SMTP client as tests need: it says whatever it is told to say, and nothing is made safe.
import {connect} from 'node:net';

export class SmtpConnection {
  constructor({host, port}) {
    this.socket = connect({host, port, noDelay: true});
    this.heard = '';
    this.socket.setEncoding('latin1');
    this.socket.on('data', (text) => { this.heard += text; this.wake?.(); });
    this.socket.on('error', (error) => { this.failed = error; this.wake?.(); });
    this.socket.on('close', () => { this.closed = true; this.wake?.(); });
  }

  async reply() {
    for (;;) {
      const whole = /^(?:\d{3}-.*\r\n)*\d{3}(?: .*)?\r\n/.exec(this.heard);
      if (whole) {
        this.heard = this.heard.slice(whole[0].length);
        return whole[0];
      }
      if (this.failed) throw this.failed;
      if (this.closed) throw new Error('the server closed the connection');
      await new Promise((resolve) => { this.wake = resolve; });
    }
  }

  write(octets) {
    if (!this.socket.write(octets)) return new Promise((resolve) => this.socket.once('drain', resolve));
    return undefined;
  }

  async say(line) {
    await this.write(`${line}\r\n`);
    return this.reply();
  }

  end() {
    this.socket.end();
  }
}

const stuffed = (octets) => Buffer.from(octets).toString('latin1').replace(/\r?\n/g, '\r\n').replace(/^\./gm, '..').replace(/(?:\r\n)?$/, '\r\n');

/** Sends one message; the id under which it was kept. `opening`: lines said first, whatever is answered; `mail`, `rcpt`: what stands behind the paths. */
export async function send(smtp, octets, {from = 'ann@example.com', to = ['bob@example.net'], helo = 'client.example', mail = '', rcpt = '', opening = []} = {}) {
  const connection = new SmtpConnection(smtp);
  try {
    await connection.reply();
    for (const line of opening) await connection.say(line);
    await connection.say(`EHLO ${helo}`);
    await connection.say(`MAIL FROM:<${from}>${mail}`);
    for (const path of to) await connection.say(`RCPT TO:<${path}>${rcpt}`);
    const go = await connection.say('DATA');
    if (!go.startsWith('354')) throw new Error(`the message was refused: ${go}`);
    await connection.write(Buffer.from(stuffed(octets), 'latin1'));
    const end = await connection.say('.');
    if (!end.startsWith('2')) throw new Error(`the message was refused: ${end}`);
    await connection.say('QUIT');
    return /kept as (\S+)/.exec(end)?.[1];
  } finally {
    connection.end();
  }
}

/** Sends `count` small messages, one flight each, over several connections. */
export async function sendMany(smtp, count, octetsOf, connections = 4) {
  let next = 0;
  await Promise.all(Array.from({length: connections}, async () => {
    const connection = new SmtpConnection(smtp);
    await connection.reply();
    await connection.say('EHLO client.example');
    const flight = 50;
    while (next < count) {
      const first = next, last = Math.min(count, next + flight);
      next = last;
      let octets = '';
      for (let i = first; i < last; ++i) {
        const content = octetsOf(i);
        octets += `MAIL FROM:<sender${i % 7}@example.com>\r\nRCPT TO:<bob@example.net>\r\nBDAT ${Buffer.byteLength(content)} LAST\r\n${content}`;
      }
      await connection.write(octets);
      for (let i = first; i < last; ++i) for (let part = 0; part < 3; ++part) await connection.reply();
    }
    connection.end();
  }));
}
