import { useMutation } from "@tanstack/react-query";
import type { ReactElement } from "react";
import { Fault, Fields, Page, Section } from "../ui/Page.tsx";
import { PageLoading } from "../ui/ReadingPane.tsx";
import { Verdict, type VerdictAnswer, type VerdictKind } from "../ui/Verdict.tsx";
import type { FileCheck } from "./check-file.ts";
import { useOpenMessages } from "./messages.ts";

const marks = { ya: "yes", tidak: "no", belum: "unknown" } as const;
const kinds = { sah: "valid", tidak_dikenal: "missing", dicabut: "revoked", digantikan: "revoked", kedaluwarsa: "expired", konsep: "missing", terbatas: "limited" } as const;

/** The worst finding wins: a broken signature before what the register says, and no doubt is shown as valid. */
const kindOf = ({ report, registered }: FileCheck): VerdictKind => {
  if (report.indication === "TOTAL-FAILED") return "invalid";
  if (report.indication === "NO_SIGNATURE_FOUND" || registered === undefined) return "missing";
  const kind = kinds[registered.state];
  return kind === "valid" && report.indication !== "TOTAL-PASSED" ? "missing" : kind;
};

/** `/periksa`: a PDF judged in the reader's own browser. */
export const CheckPage = (): ReactElement => {
  const { check } = useOpenMessages();
  const work = useMutation({ networkMode: "always", retry: false, mutationFn: async (file: File) => (await import("./check-file.ts")).checkFile(file) });
  const found = work.data;
  const answer = (aspect: VerdictAnswer["aspect"], mark: VerdictAnswer["answer"]): VerdictAnswer => ({ aspect, answer: mark, short: check.short[mark], sentence: check.sentences[aspect] });
  const passed = found?.report.indication === "TOTAL-PASSED" ? "yes" : found?.report.indication === "TOTAL-FAILED" ? "no" : "unknown";
  return (
    <main>
      <Page title={check.title}>
        <Section title={check.choose} lead={check.lead}>
          <Fields>
            <label>{check.choose}<input type="file" accept="application/pdf" onChange={(event) => { const file = event.currentTarget.files?.[0]; if (file !== undefined) work.mutate(file); }} /></label>
          </Fields>
          <Fault error={work.error} />
        </Section>
        {work.isPending && <PageLoading />}
        {found !== undefined && (
          <Verdict kind={kindOf(found)} sentence={check.lines[kindOf(found)]} subject={found.name} answers={[answer("integrity", passed), answer("identity", passed), answer("authority", found.registered === undefined ? "unknown" : marks[found.registered.answers.authority])]} />
        )}
      </Page>
    </main>
  );
};
