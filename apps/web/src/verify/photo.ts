import decodeQR from "qr/decode.js";

/** Longer sides are scaled down first: a code that fills a tenth of the picture is still read, and an old phone is not kept waiting. */
const longestSide = 2400;

/** The text of a QR code in a photo; nothing when there is none that can be read. The photo stays on this device. */
export const readPhoto = async (photo: Blob): Promise<string | undefined> => {
  const picture = await createImageBitmap(photo).catch(() => undefined /* not a picture, or one this browser cannot open: there is no code to read in it */);
  if (picture === undefined) return undefined;
  for (const side of [longestSide, longestSide / 2]) {
    const text = decoded(pixelsOf(picture, side));
    if (text !== undefined) return text;
  }
  return undefined;
};

const pixelsOf = (picture: ImageBitmap, side: number): ImageData => {
  const scale = Math.min(1, side / Math.max(picture.width, picture.height));
  const canvas = new OffscreenCanvas(Math.max(1, Math.round(picture.width * scale)), Math.max(1, Math.round(picture.height * scale)));
  const context = canvas.getContext("2d");
  if (context === null) throw new Error("this browser draws nothing off screen");
  context.fillStyle = "#fff";
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(picture, 0, 0, canvas.width, canvas.height);
  return context.getImageData(0, 0, canvas.width, canvas.height);
};

const decoded = (image: ImageData): string | undefined => {
  try {
    return decodeQR({ data: image.data, width: image.width, height: image.height }, { effort: 9, timeLimit: 4000 });
  } catch {
    return undefined; // the decoder throws when it finds no code
  }
};
