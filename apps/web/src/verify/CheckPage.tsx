import { useMutation } from "@tanstack/react-query";
import { useState, type DragEvent, type FormEvent, type ReactElement } from "react";
import { Button } from "../ui/Button.tsx";
import { Fault, Fields, Page, Section } from "../ui/Page.tsx";
import { PageLoading } from "../ui/ReadingPane.tsx";
import { Chip } from "../ui/Small.tsx";
import { Verdict, type VerdictAnswer } from "../ui/Verdict.tsx";
import { verdictOf } from "./file-verdict.ts";
import { useDateWords, useOpenMessages } from "./messages.ts";

/** `/periksa`: a PDF judged in the reader's own browser, or a code typed from paper. */
export const CheckPage = (): ReactElement => {
  const { check } = useOpenMessages();
  const date = useDateWords();
  const [isOver, setOver] = useState(false);
  const [code, setCode] = useState("");
  const work = useMutation({ networkMode: "always", retry: false, mutationFn: async (file: File) => (await import("./check-file.ts")).checkFile(file) });
  const drop = (event: DragEvent): void => {
    event.preventDefault();
    setOver(false);
    const [file] = event.dataTransfer.files;
    if (file !== undefined) work.mutate(file);
  };
  const find = (event: FormEvent): void => {
    event.preventDefault();
    location.assign(`/v/${encodeURIComponent(code.toUpperCase().replaceAll(/[\s-]/g, ""))}`); // that page is the server's own and needs no script
  };
  const found = work.data;
  const verdict = found === undefined ? undefined : verdictOf(found);
  const answer = (aspect: VerdictAnswer["aspect"], mark: "yes" | "no" | "unknown"): VerdictAnswer => ({ aspect, answer: mark, short: check.short[mark], sentence: check.sentences[aspect][mark] });
  const signer = found?.report?.signatures[0]?.signer;
  const letter = found?.registered?.letter;
  return (
    <main onDragOver={(event) => { event.preventDefault(); setOver(true); }} onDragLeave={() => setOver(false)} onDrop={drop} style={{ height: "100dvh" }}>
      <Page title={check.title}>
        {found !== undefined && verdict !== undefined && (
          <Verdict kind={verdict.kind} sentence={check.lines[verdict.kind]} subject={found.name} answers={[answer("integrity", verdict.integrity), answer("identity", verdict.identity), answer("authority", verdict.authority)]}>
            {found.isDevelopment && verdict.identity === "yes" && <p><Chip tone="soon">{check.development}</Chip></p>}
            {letter != null && <p>{[letter.type, letter.number, letter.office, date(letter.date)].join(" · ")}</p>}
            {verdict.integrity === "yes" && signer !== undefined && <p>{check.signedBy([signer.name, signer.title ?? "", signer.organisation ?? ""].filter((part) => part !== "").join(", "))}</p>}
            {found.report === undefined && <p>{check.unreadable}</p>}
          </Verdict>
        )}
        {work.isPending && <PageLoading />}
        <Section title={check.choose} lead={isOver ? check.release : check.lead}>
          <Fields>
            <label>{check.file}<input type="file" accept="application/pdf" onChange={(event) => { const file = event.currentTarget.files?.[0]; if (file !== undefined) work.mutate(file); }} /></label>
          </Fields>
          <Fault error={work.error} />
        </Section>
        <Section title={check.byCode} lead={check.byCodeLead}>
          <form onSubmit={find}>
            <Fields>
              <label>{check.code}<input value={code} required autoComplete="off" autoCapitalize="characters" spellCheck={false} maxLength={20} onChange={(event) => setCode(event.target.value)} /></label>
              <Button type="submit" kind="primary">{check.go}</Button>
            </Fields>
          </form>
        </Section>
      </Page>
    </main>
  );
};
