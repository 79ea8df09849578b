import { frameLoop, QRCanvas, rearCamera } from "qr/dom.js";

/** Why no picture comes: the person or his device said no, or there is no camera, or another program holds it. */
export type CameraFault = "refused" | "none";

/** Which of the two an error of the browser says. */
export const cameraFault = (error: unknown): CameraFault => (error instanceof DOMException && (error.name === "NotAllowedError" || error.name === "SecurityError") ? "refused" : "none");

/** Shows what the camera sees and calls `onText` for each QR code that it reads; what it answers switches the camera off. Rejects where there is none. */
export const watchCamera = async (video: HTMLVideoElement, onText: (text: string) => void): Promise<() => void> => {
  const camera = await rearCamera(video);
  const reader = new QRCanvas();
  const cancel = frameLoop(() => {
    void camera.readFrame(reader).then((read) => {
      if (typeof read === "string") onText(read);
    }, () => undefined /* a frame that could not be read is followed by the next */);
  }, video);
  return () => {
    cancel();
    camera.stop();
  };
};
