import { longTermSentence } from "@lontar/contract/long-term-words";
import { inForceSentence, sealWords } from "@lontar/seal";
import { useMutation } from "@tanstack/react-query";
import { useSearch } from "@tanstack/react-router";
import { useEffect, useRef, useState, type DragEvent, type FormEvent, type ReactElement, type ReactNode } from "react";
import { numberWords, sizeWords } from "../kernel/time.ts";
import { useLanguage } from "../kernel/catalog/index.ts";
import { useRead } from "../kernel/queries.ts";
import { address } from "../kernel/server.ts";
import { Button, Spinner } from "../ui/Button.tsx";
import { FactLines } from "../ui/FactGrid.tsx";
import { Icon } from "../ui/Icon.tsx";
import { Fault } from "../ui/Page.tsx";
import { Chip } from "../ui/Small.tsx";
import { Verdict, type VerdictAnswer } from "../ui/Verdict.tsx";
import type { FileCheck, Registered } from "./check-file.ts";
import { isCode } from "./code.ts";
import type { ProofCheck } from "./judge-proof.ts";
import { CameraDialog } from "./CameraDialog.tsx";
import { CheckDetails } from "./CheckDetails.tsx";
import { verdictOf, type FileVerdict } from "./file-verdict.ts";
import { findingsOf } from "./findings.ts";
import css from "./Open.module.css";
import { useOpenMessages, useZoneWords } from "./messages.ts";
import { OpenFrame, Todo } from "./OpenFrame.tsx";
import { SealResult } from "./SealResult.tsx";
import { samenessOf, verdictAgainst, type Meant, type Sameness } from "./same-letter.ts";

/** What is judged: files, and the text of a code that the letter among them is held against. */
type Asked = { readonly files: readonly File[]; readonly against: string | undefined };

/** `/periksa`: a PDF judged in the reader's own browser, or a code typed from paper; and where both are there, whether they are one letter. */
export const CheckPage = (): ReactElement => {
  const { check, frame } = useOpenMessages();
  const [isOver, setOver] = useState(false);
  const { surat } = useSearch({ strict: false });
  const [against, setAgainst] = useState(surat);
  const work = useMutation({ networkMode: "always", retry: false, mutationFn: async (asked: Asked) => {
    const { checkFile, sortDropped } = await import("./check-file.ts");
    const dropped = sortDropped(asked.files);
    if (dropped === undefined) throw new Error(check.noLetter);
    const meant = asked.against === undefined ? undefined : await import("./seal-check.ts").then(({ meantBy }) => meantBy(asked.against ?? ""));
    return { found: await checkFile(dropped), meant };
  } });
  const judge = (files: readonly File[], held = against): void => {
    scan.reset();
    setAgainst(held);
    work.mutate({ files, against: held });
  };
  const judgeAlone = (): void => {
    setAgainst(undefined);
    work.mutate({ files: work.variables?.files ?? [], against: undefined });
  };
  const drop = (event: DragEvent): void => {
    event.preventDefault();
    setOver(false);
    const files = [...event.dataTransfer.files];
    if (files.length > 0 && window.isSecureContext) judge(files);
  };
  const scan = useMutation({ networkMode: "always", retry: false, mutationFn: async (given: string | File) => {
    const { afterScan, meantBy } = await import("./seal-check.ts");
    const text = typeof given === "string" ? given : await import("./photo.ts").then(({ readPhoto }) => readPhoto(given));
    if (text === undefined) throw new Error(check.seal.noCode);
    const meant = await meantBy(text);
    // Whoever has a file here wants to know whether it is that letter; without one the letter's page says more.
    if (meant !== undefined && work.data !== undefined) return judge(work.variables.files, text);
    const next = await afterScan(text);
    setAgainst(meant === undefined ? undefined : text);
    if (!("page" in next)) return next.told;
    location.assign(next.page);
    return undefined;
  } });
  useEffect(() => {
    // Kept for when there is no network: whoever has been here once checks a seal and a file without one.
    if (window.isSecureContext) void Promise.all([import("./seal-check.ts").then(({ sealKeys }) => sealKeys()), import("./check-file.ts").then(({ trustedRoots }) => trustedRoots()), import("./photo.ts")]).catch(() => undefined); // what could not be kept is missed only offline, where it is said
  }, []);
  const top = useRef<HTMLDivElement>(null);
  const found = scan.isIdle ? work.data?.found : undefined;
  const told = scan.data;
  useEffect(() => {
    if (found !== undefined || told !== undefined) top.current?.scrollIntoView({ block: "nearest" }); // on a phone the file was chosen below the answer
  }, [found, told]);
  const meant = work.data?.meant;
  const alone = found === undefined ? undefined : verdictOf(found);
  const sameness = found === undefined || alone === undefined || meant === undefined ? undefined : samenessOf(meant, alone, found);
  const verdict = alone === undefined ? undefined : verdictAgainst(alone, sameness);
  return (
    <div onDragOver={(event) => { event.preventDefault(); setOver(true); }} onDragLeave={() => setOver(false)} onDrop={drop}>
      <OpenFrame title={check.title} owner={frame.byFile}>
        <div className={css["grid"]}>
          <div ref={top} aria-busy={work.isPending || scan.isPending}>
            {told !== undefined ? <SealResult check={told} /> : found === undefined || verdict === undefined ? <Intro isHeld={against !== undefined} /> : <Judged found={found} verdict={verdict}>{meant !== undefined && sameness !== undefined && <AgainstCode meant={meant} sameness={sameness} onAlone={judgeAlone} />}</Judged>}
            <Fault error={scan.isIdle ? work.error : scan.error} />
          </div>
          <aside>
            {found !== undefined && verdict?.kind === "invalid" && <WhatToDo original={found.original} />}
            {window.isSecureContext ? <DropZone isOver={isOver} title={found !== undefined ? check.another : against === undefined ? check.yours : check.meant.drop} pending={work.isPending ? work.variables.files.map((file) => file.name).join(", ") : undefined} onFiles={(files) => judge(files)} /> : <p role="alert" className={css["reason"]}><Icon name="warning" size={24} /><span><b>{check.insecure}</b>{check.insecureNext}</span></p>}
            <ByCode isReading={scan.isPending} onScan={(given) => scan.mutate(given)} />
            <Verifier />
          </aside>
        </div>
      </OpenFrame>
    </div>
  );
};

const Intro = ({ isHeld }: { readonly isHeld: boolean }): ReactElement => {
  const { check } = useOpenMessages();
  return (
    <div className={css["intro"]}>
      <h1>{isHeld ? check.meant.choose : check.intro}</h1>
      <Todo steps={check.introSteps} />
    </div>
  );
};

const Judged = ({ found, verdict, children }: { readonly found: FileCheck; readonly verdict: FileVerdict; readonly children: ReactNode }): ReactElement => {
  const { check } = useOpenMessages();
  const language = useLanguage();
  const time = useZoneWords();
  const signer = found.report?.signatures[0]?.signer;
  const isChanged = verdict.kind === "invalid";
  const answer = (aspect: VerdictAnswer["aspect"], mark: "yes" | "no" | "unknown"): VerdictAnswer =>
    isChanged && mark === "unknown" && aspect !== "integrity" ? { aspect, answer: "partly", ...check.onlyOriginal } : { aspect, answer: mark, short: check.short[mark], sentence: check.sentences[aspect][mark] };
  // Without the register only the list that is kept here tells whether the letter is in force.
  const authority = isChanged || found.kept === undefined ? answer("authority", verdict.authority) : { ...answer("authority", verdict.authority), sentence: inForceSentence(sealWords[language], found.kept.withdrawn, time.full(new Date(found.kept.issuedAt).toISOString())) };
  const findings = isChanged && found.report !== undefined ? findingsOf(found.report) : [];
  // Of what cannot be read nothing is said about its truth.
  if (found.unreadable !== undefined) {
    return (
      <div className={css["intro"]} role="status">
        <h1>{check.notChecked}</h1>
        <p>{check.unreadable[found.unreadable]}</p>
        <p className={css["quiet"]}>{found.name}, {sizeWords(found.size, language)}</p>
      </div>
    );
  }
  return (
    <>
      <Verdict kind={verdict.kind} sentence={check.lines[verdict.kind]} subject={`${found.name}, ${check.here(sizeWords(found.size, language))}`} answers={[answer("integrity", verdict.integrity), answer("identity", verdict.identity), authority]}>
        <div className={css["notes"]}>
          {found.isDevelopment && verdict.identity === "yes" && <p><Chip tone="soon">{check.development}</Chip></p>}
          {verdict.integrity === "yes" && verdict.identity === "yes" && found.reached !== undefined && <p>{check.longTerm} {longTermSentence(language, { level: found.reached.level, until: found.reached.until?.toISOString() ?? null, lacks: found.registered?.longTerm?.lacks ?? null }, time.longDate)}</p>}
          {verdict.integrity === "yes" && signer !== undefined && <p>{check.signedBy([signer.name, signer.title ?? "", signer.organisation ?? ""].filter((part) => part !== "").join(", "))}</p>}
        </div>
        {findings.length > 0 && (
          <section className={css["found"]}>
            <h2>{check.found}</h2>
            <ul>{findings.map((finding) => <li key={finding.kind + finding.name + String(finding.revision)}><Icon name="close" size={20} /><span>{finding.kind === "check" ? check.failed[finding.name] : `${check.addedAfter(finding.revision)}: ${check.changes[finding.name]}.`}</span></li>)}</ul>
          </section>
        )}
      </Verdict>
      {children}
      {found.proof !== undefined && <InTheLog proof={found.proof} />}
      <OnRecord registered={found.registered} />
      <CheckDetails found={found} />
    </>
  );
};

/** Whether the file is the letter whose code was scanned, and which letter that is. */
const AgainstCode = ({ meant, sameness, onAlone }: { readonly meant: Meant; readonly sameness: Sameness; readonly onAlone: () => void }): ReactElement => {
  const { check, number, date, subject } = useOpenMessages();
  const time = useZoneWords();
  const facts = "date" in meant ? [...(meant.number === undefined ? [] : [{ label: number, value: meant.number }]), { label: date, value: time.longDate(meant.date) }, ...(meant.subject === undefined ? [] : [{ label: subject, value: meant.subject }])] : [];
  return (
    <section className={css["log"]} data-state={sameness} role="status">
      <h2>{check.meant.title}</h2>
      <p><Icon name={sameness === "same" ? "check" : sameness === "unknown" ? "help" : "close"} size={20} /> {check.meant.words[sameness]}</p>
      {"date" in meant && meant.withdrawn === true && <p><Icon name="warning" size={20} /> {check.lines.revoked}</p>}
      <FactLines facts={[...facts, { label: check.code, value: meant.code }]} />
      <p className={css["meant"]}><a className={css["plainLink"]} href={`/v/${encodeURIComponent(meant.code)}`}>{check.meant.page}</a> <Button onClick={onAlone}>{check.meant.alone}</Button></p>
    </section>
  );
};

/** What the proof beside the letter says: the place of its issuing in the log, and who outside saw it when. */
const InTheLog = ({ proof }: { readonly proof: ProofCheck }): ReactElement => {
  const { check } = useOpenMessages();
  const time = useZoneWords();
  const language = useLanguage();
  return (
    <section className={css["log"]} data-state={proof.state} role="status">
      <h2>{check.log.title}</h2>
      {proof.state !== "proved" ? (
        <p><Icon name="warning" size={20} /> {proof.state === "no_policy" ? check.log.noPolicy : check.log.refused[proof.why]}</p>
      ) : (
        <>
          <p><Icon name="check" size={20} /> {check.log.proved(numberWords(proof.index, language), numberWords(proof.size, language))}</p>
          <FactLines
            facts={[
              { label: check.log.at, value: time.full(new Date(proof.at)) },
              ...proof.witnesses.map((witness) => ({ label: check.log.seenBy(witness.name), value: time.full(new Date(witness.at)) })),
            ]}
          />
          <p className={css["quiet"]}>{proof.witnesses.length === 0 ? check.log.noWitness : ""} {proof.byOwnPolicy ? check.log.ownPolicy : check.log.sitePolicy}</p>
        </>
      )}
    </section>
  );
};

const OnRecord = ({ registered }: { readonly registered: Registered | undefined }): ReactElement | null => {
  const words = useOpenMessages();
  const time = useZoneWords();
  const letter = registered?.letter;
  if (registered === undefined || letter == null) return null;
  return (
    <section style={{ marginTop: 32 }}>
      <h2>{words.check.compare}</h2>
      <p className={css["quiet"]}>{words.check.compareLead}</p>
      <FactLines facts={[{ label: words.number, value: letter.number }, { label: words.date, value: time.longDate(letter.date) }, { label: words.kind, value: letter.type }, ...(letter.subject === null ? [] : [{ label: words.subject, value: letter.subject }]), ...(letter.to.length === 0 ? [] : [{ label: words.to, value: letter.to.join("; ") }]), { label: words.office, value: letter.office }, ...(registered.signer === null ? [] : [{ label: words.signer, value: registered.signer.name, note: registered.signer.post }])]} />
      <p><a className={css["plainLink"]} href={`/v/${registered.code}`}>{words.check.openPage}</a></p>
    </section>
  );
};

const WhatToDo = ({ original }: { readonly original: Registered | undefined }): ReactElement => {
  const { check } = useOpenMessages();
  return <Todo title={check.todo} steps={[check.stop, original?.letter == null ? check.askOriginal : <>{check.original} <a href={`/v/${original.code}`}>{original.letter.number}</a></>, check.keep]} />;
};

const DropZone = ({ isOver, title, pending, onFiles }: { readonly isOver: boolean; readonly title: string; readonly pending: string | undefined; readonly onFiles: (files: readonly File[]) => void }): ReactElement => {
  const { check } = useOpenMessages();
  return (
    <label className={css["drop"]} data-over={isOver || undefined}>
      <input
        type="file"
        className="vh"
        accept="application/pdf,.pdf,.tlog-proof,.policy,.txt"
        multiple
        aria-label={check.file}
        aria-describedby="drop-private"
        onChange={(event) => {
          const files = [...(event.currentTarget.files ?? [])];
          event.currentTarget.value = ""; // the same file may be chosen again after it was mended
          if (files.length > 0) onFiles(files);
        }}
      />
      <Icon name="upload" size={28} />
      <b>{isOver ? check.release : title}</b>
      <span className={css["private"]} id="drop-private"><Icon name="lock" size={18} />{check.lead}</span>
      <span className={css["quiet"]}>{check.withProof}</span>
      <span className={css["pick"]} role="status">{pending === undefined ? check.file : <><Spinner size={18} />{check.checking(pending)}</>}</span>
    </label>
  );
};

/** Browsers give the camera to secure pages only, and hide it from others altogether. */
const canWatch = (): boolean => window.isSecureContext && "mediaDevices" in navigator;

/** The code beside the QR, what a scanner read, or the QR itself, before the camera or in a photo. */
const ByCode = ({ isReading, onScan }: { readonly isReading: boolean; readonly onScan: (given: string | File) => void }): ReactElement => {
  const { check } = useOpenMessages();
  const [code, setCode] = useState("");
  const [isScanning, setScanning] = useState(false);
  const find = (event: FormEvent): void => {
    event.preventDefault();
    if (isCode(code)) location.assign(`/v/${encodeURIComponent(code.toUpperCase().replaceAll(/[\s-]/g, ""))}`); // that page is the server's own and needs no script
    else onScan(code);
  };
  return (
    <>
      <section className={css["code"]}>
        <h2>{check.byCode}</h2>
        <p className={css["quiet"]}>{check.byCodeLead}</p>
        <form onSubmit={find}>
          <label>{check.code}<input value={code} required autoComplete="off" autoCapitalize="characters" spellCheck={false} maxLength={700} onChange={(event) => setCode(event.target.value)} /></label>
          <Button type="submit">{check.go}</Button>
        </form>
        {canWatch() && <Button kind="tonal" icon="camera" className={css["scan"] ?? ""} onClick={() => setScanning(true)}>{check.camera.scan}</Button>}
        {window.isSecureContext && (
          <label className={css["photo"]}>
            <input type="file" className="vh" accept="image/*" capture="environment" aria-label={check.seal.photo} onChange={(event) => {
              const [photo] = event.currentTarget.files ?? [];
              event.currentTarget.value = "";
              if (photo !== undefined) onScan(photo);
            }} />
            <span role="status">{isReading ? <><Spinner size={18} />{check.seal.reading}</> : <><Icon name="upload" size={20} />{check.seal.photo}</>}</span>
          </label>
        )}
      </section>
      {isScanning && <CameraDialog onClose={() => setScanning(false)} onRead={(text) => { setScanning(false); onScan(text); }} />}
    </>
  );
};

/** One file that checks letters without any network, for who keeps it, and the hash by which it is known. */
const Verifier = (): ReactElement | null => {
  const { check } = useOpenMessages();
  const language = useLanguage();
  const about = useRead("open.verifierHash", {});
  if (about.data === undefined) return null;
  return (
    <section className={css["details"]}>
      <h2>{check.seal.verifier}</h2>
      <p className={css["quiet"]}>{check.seal.verifierLead}</p>
      <p><a className={css["plainLink"]} href={address("open.verifier", {})} download><Icon name="download" size={20} />{check.seal.verifierGet(sizeWords(about.data.size, language))}</a></p>
      <details><summary>{check.seal.verifierHash}</summary><code>{about.data.sha256.replaceAll(/(.{8})(?=.)/g, "$1 ")}</code></details>
    </section>
  );
};
