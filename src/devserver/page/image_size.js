// Width and height as the head of an image file has them. Nothing is decoded.

function view(octets) {
  return new DataView(octets.buffer, octets.byteOffset, octets.byteLength);
}

const begins = (octets, text, at = 0) => [...text].every((c, i) => octets[at + i] === c.charCodeAt(0));

function png(data) {
  return {width: data.getUint32(16), height: data.getUint32(20)};
}

function gif(data) {
  return {width: data.getUint16(6, true), height: data.getUint16(8, true)};
}

function bmp(data) {
  return {width: Math.abs(data.getInt32(18, true)), height: Math.abs(data.getInt32(22, true))};
}

function webp(data, octets) {
  if (begins(octets, 'VP8X', 12)) return {width: 1 + (data.getUint32(24, true) & 0xffffff), height: 1 + (data.getUint32(27, true) & 0xffffff)};
  if (begins(octets, 'VP8L', 12)) {
    const bits = data.getUint32(21, true);
    return {width: 1 + (bits & 0x3fff), height: 1 + ((bits >>> 14) & 0x3fff)};
  }
  return {width: data.getUint16(26, true) & 0x3fff, height: data.getUint16(28, true) & 0x3fff};
}

// Segments until the one that begins a frame: SOF0 to SOF15, but for DHT, JPG and DAC, which stand among them.
function jpeg(data) {
  for (let at = 2; data.getUint8(at) === 0xff;) {
    const marker = data.getUint8(at + 1);
    if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker))
      return {height: data.getUint16(at + 5), width: data.getUint16(at + 7)};
    at += 2 + data.getUint16(at + 2);
  }
  return null;
}

/** {width, height}, or null where the octets are no PNG, GIF, JPEG, WebP or BMP, or end too early. */
export function imageSize(octets) {
  try {
    const data = view(octets);
    if (begins(octets, '\x89PNG')) return png(data);
    if (begins(octets, 'GIF8')) return gif(data);
    if (begins(octets, 'BM')) return bmp(data);
    if (begins(octets, 'RIFF') && begins(octets, 'WEBP', 8)) return webp(data, octets);
    if (begins(octets, '\xff\xd8')) return jpeg(data);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  return null;
}
