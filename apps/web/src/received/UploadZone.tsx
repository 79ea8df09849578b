import { useEffect, useRef, useState, type ReactElement, type ReactNode } from "react";
import { sizeWords } from "../kernel/time.ts";
import { useStore } from "../kernel/store.ts";
import { useTimeWords } from "../session/me.ts";
import { Button, ButtonLink, Spinner } from "../ui/Button.tsx";
import { Icon } from "../ui/Icon.tsx";
import { useReceivedMessages } from "./messages.ts";
import { uploads } from "./uploads.ts";
import css from "./UploadZone.module.css";

/** What can be read: the server looks at the bytes themselves. */
export const acceptedFiles = "application/pdf,image/jpeg,image/png,image/webp";

/** Anywhere on the page takes dropped or pasted files; the queue below says what became of each. */
export const UploadZone = ({ children }: { readonly children: ReactNode }): ReactElement => {
  const words = useReceivedMessages().list;
  const [isOver, setOver] = useState(false);
  const depth = useRef(0);
  useEffect(() => {
    const hasFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes("Files") === true;
    const enter = (event: DragEvent): void => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      depth.current += 1;
      setOver(true);
    };
    const over = (event: DragEvent): void => {
      if (hasFiles(event)) event.preventDefault();
    };
    const leave = (event: DragEvent): void => {
      if (!hasFiles(event)) return;
      depth.current = Math.max(0, depth.current - 1);
      if (depth.current === 0) setOver(false);
    };
    const drop = (event: DragEvent): void => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      depth.current = 0;
      setOver(false);
      uploads.add([...(event.dataTransfer?.files ?? [])]);
    };
    const paste = (event: ClipboardEvent): void => {
      const files = [...(event.clipboardData?.files ?? [])];
      if (files.length > 0) uploads.add(files);
    };
    document.addEventListener("dragenter", enter);
    document.addEventListener("dragover", over);
    document.addEventListener("dragleave", leave);
    document.addEventListener("drop", drop);
    document.addEventListener("paste", paste);
    return () => {
      document.removeEventListener("dragenter", enter);
      document.removeEventListener("dragover", over);
      document.removeEventListener("dragleave", leave);
      document.removeEventListener("drop", drop);
      document.removeEventListener("paste", paste);
    };
  }, []);
  return (
    <>
      {children}
      {isOver && (
        <div className={css["over"]} aria-hidden="true">
          <div>
            <Icon name="upload" size={40} />
            <b>{words.drop}</b>
            <p>{words.dropNote}</p>
          </div>
        </div>
      )}
    </>
  );
};

/** Chooses files, or takes a photograph on a phone. */
export const UploadButtons = (): ReactElement => {
  const words = useReceivedMessages().list;
  const files = useRef<HTMLInputElement>(null);
  const camera = useRef<HTMLInputElement>(null);
  const take = (input: HTMLInputElement | null): void => {
    if (input === null) return;
    uploads.add([...(input.files ?? [])]);
    input.value = ""; // so that the same file can be chosen again
  };
  return (
    <>
      <input ref={files} className="vh" type="file" multiple accept={acceptedFiles} tabIndex={-1} aria-label={words.upload} onChange={() => take(files.current)} />
      <input ref={camera} className="vh" type="file" accept="image/*" capture="environment" tabIndex={-1} aria-label={words.camera} onChange={() => take(camera.current)} />
      <span className={css["camera"]}><Button icon="camera" onClick={() => camera.current?.click()}>{words.camera}</Button></span>
      <Button kind="primary" icon="upload" onClick={() => files.current?.click()}>{words.upload}</Button>
    </>
  );
};

/** What became of each file. */
export const UploadResults = (): ReactElement | null => {
  const words = useReceivedMessages().uploads;
  const time = useTimeWords();
  const jobs = useStore(uploads.jobs);
  if (jobs.length === 0) return null;
  const done = jobs.filter((job) => job.state.kind === "done").length;
  const isRunning = jobs.some((job) => job.state.kind === "waiting" || job.state.kind === "sending");
  const [firstDone] = jobs.flatMap((job) => (job.state.kind === "done" ? [job.state.letterId] : []));
  return (
    <section className={css["results"]} aria-label={words.title(done, jobs.length)}>
      <header>
        <b role="status">{words.title(done, jobs.length)}</b>
        <progress value={done} max={jobs.length} aria-hidden="true" />
        {!isRunning && firstDone !== undefined && done > 1 && <ButtonLink size="small" kind="primary" href={`/surat/${firstDone}/catat`}>{words.all(done)}</ButtonLink>}
        {!isRunning && <Button size="small" kind="quiet" onClick={uploads.clear}>{words.clear}</Button>}
      </header>
      <ul>
        {jobs.map((job) => (
          <li key={job.id} data-state={job.state.kind}>
            {job.state.kind === "sending" ? <Spinner size={18} /> : <Icon name={job.state.kind === "done" ? "check" : job.state.kind === "failed" ? "warning" : "clock"} size={18} />}
            <span>
              <b>{job.name}</b>
              <small>{job.state.kind === "failed" ? `${job.state.limit === undefined ? "" : `${words.limit(sizeWords(job.size, time.language), sizeWords(job.state.limit, time.language))} `}${job.state.sentence}` : job.state.kind === "done" && job.state.isDuplicate ? words.duplicate : `${sizeWords(job.size, time.language)} · ${words[job.state.kind]}`}</small>
            </span>
            {job.state.kind === "failed" && job.state.isFinal && <Button size="small" kind="quiet" icon="close" aria-label={`${words.remove}: ${job.name}`} onClick={() => uploads.remove(job.id)}>{words.remove}</Button>}
            {job.state.kind === "failed" && !job.state.isFinal && <Button size="small" icon="reload" onClick={() => uploads.again(job.id)}>{words.again}</Button>}
            {job.state.kind === "done" && <ButtonLink size="small" href={`/surat/${job.state.letterId}/catat`}>{words.register}</ButtonLink>}
          </li>
        ))}
      </ul>
    </section>
  );
};
