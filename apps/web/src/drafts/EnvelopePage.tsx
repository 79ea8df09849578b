import { useState, type ReactElement } from "react";
import { useTimeWords } from "../session/me.ts";
import { WhyButton } from "../shell/WhyButton.tsx";
import { Button } from "../ui/Button.tsx";
import { FactGrid, type Fact } from "../ui/FactGrid.tsx";
import { Page, Section } from "../ui/Page.tsx";
import { Chip } from "../ui/Small.tsx";
import { mayDo, type DraftView } from "./draft-view.ts";
import { useDraftMessages } from "./messages.ts";
import { DeliveriesPanel } from "./Panels.tsx";
import { FileAct } from "./ReviewPage.tsx";

/** A secret letter from outside, as its register knows it: number, date, receivers and how far the copies are. */
export const EnvelopePage = ({ draft, envelope }: { readonly draft: DraftView; readonly envelope: NonNullable<DraftView["envelope"]> }): ReactElement => {
  const words = useDraftMessages();
  const time = useTimeWords();
  const [isFiling, setFiling] = useState(false);
  const facts: readonly Fact[] = [
    { label: words.envelope.number, value: envelope.number },
    { label: words.envelope.date, value: time.mediumDate(envelope.date) },
    { label: words.envelope.unit, value: draft.unit },
    { label: words.envelope.to, value: envelope.to.join(", "), isWide: true },
    ...(envelope.cc.length === 0 ? [] : [{ label: words.envelope.cc, value: envelope.cc.join(", "), isWide: true }]),
    ...(draft.dossier === null ? [] : [{ label: words.envelope.dossier, value: draft.dossier.title, href: `/arsip/${draft.dossier.id}` }]),
  ];
  return (
    <Page title={draft.content.subject} note={draft.type.title} acts={mayDo(draft, "file") ? <Button icon="archive" onClick={() => setFiling(true)}>{words.file}</Button> : undefined}>
      <Section title={words.envelope.title} lead={words.envelope.lead}>
        <p><Chip tone="secret" icon="lock">{words.envelope.security[draft.content.security]}</Chip></p>
        <FactGrid facts={facts} columns={2} />
        <p><WhyButton id={draft.id} /></p>
      </Section>
      <DeliveriesPanel draft={draft} />
      {isFiling && <FileAct draft={draft} onClose={() => setFiling(false)} />}
    </Page>
  );
};
