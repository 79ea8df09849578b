import { useEffect, useRef, useState, type ReactElement } from "react";
import { now as present, useNow } from "../kernel/clock.ts";
import { call } from "../kernel/server.ts";
import { useTimeWords } from "../session/me.ts";
import { Spinner } from "../ui/Button.tsx";
import { PdfViewer } from "../ui/PdfViewer.tsx";
import { useDraftMessages } from "./messages.ts";
import css from "./Editor.module.css";

type Layer = { readonly revision: number; readonly bytes: Uint8Array; readonly madeAt: string };

/**
 * The letter as it will be issued, by the same renderer, made anew for each stored revision. The old pages stay until the new ones are
 * drawn, and the place in them is kept: a page that flickers while one writes is worse than none.
 */
export const PreviewPane = ({ draftId, revision, isPossible }: { readonly draftId: string; readonly revision: number; readonly isPossible: boolean }): ReactElement => {
  const words = useDraftMessages();
  const time = useTimeWords();
  const now = useNow(10_000);
  const { layers, fault, isMaking, onDrawn } = useLayers(draftId, revision, isPossible);
  const pane = useRef<HTMLDivElement>(null);
  const shown = layers[0];
  const drawn = (layer: Layer): void => {
    if (layer !== layers.at(-1)) return;
    const settle = (): void => {
      const scrollers = [...(pane.current?.querySelectorAll<HTMLElement>("[data-layer] [role=group]") ?? [])];
      const [from, to] = [scrollers[0], scrollers.at(-1)];
      if (from !== undefined && to !== undefined && from !== to) to.scrollTop = from.scrollTop;
      onDrawn(layer.revision);
    };
    requestAnimationFrame(() => requestAnimationFrame(settle)); // once its pages have their height
  };
  return (
    <section className={css["preview"]} aria-label={words.preview} ref={pane}>
      {layers.map((layer, index) => (
        <div key={layer.revision} data-layer data-waiting={index > 0 || undefined} aria-hidden={index > 0 || undefined}>
          <PdfViewer source={layer.bytes} label={words.preview} onReady={() => drawn(layer)} />
        </div>
      ))}
      {shown === undefined && !isMaking && <p className={css["missing"]}>{fault ?? words.previewMissing}</p>}
      {/* Not spoken: it changes with every pause of whoever writes. */}
      <p className={css["age"]}>
        {isMaking ? <><Spinner size={14} />{words.previewMaking}</> : shown === undefined ? null : fault ?? words.previewAge(time.ago(shown.madeAt, now))}
      </p>
    </section>
  );
};

const useLayers = (draftId: string, revision: number, isPossible: boolean): { readonly layers: readonly Layer[]; readonly fault: string | undefined; readonly isMaking: boolean; readonly onDrawn: (revision: number) => void } => {
  const [layers, setLayers] = useState<readonly Layer[]>([]);
  const [fault, setFault] = useState<string | undefined>(undefined);
  const [isMaking, setMaking] = useState(false);
  useEffect(() => {
    if (!isPossible) return undefined;
    const stop = new AbortController();
    const make = async (): Promise<void> => {
      setMaking(true);
      try {
        const file: unknown = await call("drafts.preview", { id: draftId, revision }, { signal: stop.signal });
        if (!(file instanceof Blob)) throw new TypeError("the preview is a file");
        const bytes = new Uint8Array(await file.arrayBuffer());
        if (stop.signal.aborted) return;
        setLayers((before) => [...before.filter((layer) => layer.revision !== revision).slice(0, 1), { revision, bytes, madeAt: present().toISOString() }]);
        setFault(undefined);
      } catch (error) {
        if (!stop.signal.aborted) setFault(error instanceof Error ? error.message : String(error));
      } finally {
        if (!stop.signal.aborted) setMaking(false);
      }
    };
    void make();
    return () => {
      stop.abort();
      setMaking(false); // nothing is made any more when the text became incomplete meanwhile
    };
  }, [draftId, revision, isPossible]);
  return { layers, fault, isMaking, onDrawn: (drawn) => setLayers((before) => before.filter((layer) => layer.revision >= drawn)) };
};
