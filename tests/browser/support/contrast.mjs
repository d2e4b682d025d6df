/**
 * Runs in the page: the text whose contrast falls shortest of what WCAG 2.1 §1.4.3 asks, as {text, ratio, needed, ink, ground}.
 * What a message's own HTML looks like is its own affair: it stands in a frame.
 */
export function worstContrast() {
  const pen = document.createElement('canvas').getContext('2d', {willReadFrequently: true});
  const known = new Map();
  const channels = (colour) => {
    if (!known.has(colour)) {
      pen.clearRect(0, 0, 1, 1);
      pen.fillStyle = colour;
      pen.fillRect(0, 0, 1, 1);
      const [r, g, b, a] = pen.getImageData(0, 0, 1, 1).data;
      known.set(colour, [r, g, b, a / 255]);
    }
    return known.get(colour);
  };
  const over = ([r, g, b, a], [R, G, B]) => [r * a + R * (1 - a), g * a + G * (1 - a), b * a + B * (1 - a), 1];
  const ground = (element) => {
    const layers = [];
    for (let at = element; at; at = at.parentElement) {
      const layer = channels(getComputedStyle(at).backgroundColor);
      layers.push(layer);
      if (layer[3] === 1) break;
    }
    return layers.reduceRight((below, layer) => over(layer, below), channels(getComputedStyle(document.documentElement).colorScheme === 'dark' ? '#000' : '#fff'));
  };
  const luminance = ([r, g, b]) => {
    const [R, G, B] = [r, g, b].map((c) => (c / 255 <= 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * R + 0.7152 * G + 0.0722 * B;
  };
  let worst = {text: '', ratio: 21, needed: 4.5, ink: '', ground: ''};
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (!walker.currentNode.textContent.trim() || !element.checkVisibility({opacityProperty: true, visibilityProperty: true}) || element.closest('.unseen')) continue;
    const style = getComputedStyle(element);
    const behind = ground(element);
    const ink = over(channels(style.color), behind);
    const [high, low] = [luminance(ink), luminance(behind)].sort((a, b) => b - a);
    const size = parseFloat(style.fontSize);
    const needed = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700) ? 3 : 4.5;
    const ratio = (high + 0.05) / (low + 0.05);
    if (ratio / needed < worst.ratio / worst.needed) worst = {text: walker.currentNode.textContent.slice(0, 60), ratio, needed, ink: style.color, ground: behind.map(Math.round).join(' ')};
  }
  return worst;
}
