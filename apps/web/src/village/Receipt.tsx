import type { ReactElement } from "react";
import { createPortal } from "react-dom";
import { useMe, useTimeWords } from "../session/me.ts";
import { Button } from "../ui/Button.tsx";
import { CopyButton } from "../ui/CopyButton.tsx";
import { Section } from "../ui/Page.tsx";
import { Qr } from "../ui/Qr.tsx";
import { useVillageMessages } from "./messages.ts";
import css from "./Village.module.css";

/** The resident's link (its small letters mean the token): to copy, to scan from the screen, and as a slip of A6 paper. The slip names the letter and never the person. */
export const Receipt = ({ url, service, number, date }: { readonly url: string; readonly service: string; readonly number: string | null; readonly date: string }): ReactElement => {
  const words = useVillageMessages();
  const { tenant } = useMe();
  const time = useTimeWords();
  return (
    <Section title={words.receipt} lead={words.receiptLead}>
      <div className={css["receipt"]}>
        <Qr text={url} label={words.qr} />
        <div>
          <code>{url}</code>
          <div className={css["buttons"]}>
            <CopyButton text={url} done={words.copied}>{words.copy}</CopyButton>
            <Button icon="print" onClick={() => window.print()}>{words.print}</Button>
          </div>
        </div>
      </div>
      {createPortal(
        <div className={css["slip"]} data-slip="">
          <h1>{words.slip}</h1>
          <p>{tenant.name}</p>
          <p><b>{service}</b></p>
          {number !== null && <p>{words.number(number)}</p>}
          <p>{words.slipDate}: {time.longDate(date)}</p>
          <Qr text={url} label={words.qr} />
          <p>{words.slipLead}</p>
          <code>{url}</code>
          <p><b>{words.slipFree}</b></p>
        </div>,
        document.body,
      )}
    </Section>
  );
};
