import { useEffect, useRef, useState, type ReactElement } from "react";
import { Dialog } from "../ui/Dialog.tsx";
import { Spinner } from "../ui/Button.tsx";
import type { CameraFault } from "./camera.ts";
import css from "./Open.module.css";
import { useOpenMessages } from "./messages.ts";

/** The camera, open until it has read a QR code. What it sees stays on this device. */
export const CameraDialog = ({ onRead, onClose }: { readonly onRead: (text: string) => void; readonly onClose: () => void }): ReactElement => {
  const { camera } = useOpenMessages().check;
  const video = useRef<HTMLVideoElement>(null);
  const read = useRef(onRead);
  const [state, setState] = useState<"opening" | "open" | CameraFault>("opening");
  read.current = onRead;
  useEffect(() => {
    const player = video.current;
    if (player === null) return undefined;
    let stop: (() => void) | undefined;
    let isOver = false;
    const open = async (): Promise<void> => {
      const { cameraFault, watchCamera } = await import("./camera.ts");
      try {
        stop = await watchCamera(player, (text) => {
          if (isOver) return; // one code is enough, and frames of it are still on their way
          isOver = true;
          read.current(text);
        });
        if (isOver) stop();
        else setState("open");
      } catch (error) {
        if (!isOver) setState(cameraFault(error));
      }
    };
    void open();
    return () => {
      isOver = true;
      stop?.();
    };
  }, []);
  return (
    <Dialog isOpen onClose={onClose} title={camera.title} lead={camera.lead} onPhone="full">
      <div className={css["camera"]} data-state={state}>
        {/* What a camera sees has nothing to caption. */}
        {/* oxlint-disable-next-line jsx-a11y/media-has-caption */}
        <video ref={video} playsInline muted aria-label={camera.picture} />
        {state !== "open" && <p role="status">{state === "opening" ? <><Spinner size={20} />{camera.opening}</> : camera.faults[state]}</p>}
      </div>
    </Dialog>
  );
};
