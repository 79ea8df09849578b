import type { FormEvent, ReactElement } from "react";
import { useCommand } from "../kernel/queries.ts";
import { Button } from "../ui/Button.tsx";
import { CopyButton } from "../ui/CopyButton.tsx";
import { Fault, Fields, Section } from "../ui/Page.tsx";
import { useAnew } from "./Anew.tsx";
import { useSettingsMessages } from "./messages.ts";
import css from "./Settings.module.css";

/** The codes, the only time that they are shown. */
export const CodesShown = ({ codes, onKept }: { readonly codes: readonly string[]; readonly onKept: () => void }): ReactElement => {
  const words = useSettingsMessages();
  return (
    <div role="status">
      <p>{words.recoveryShown}</p>
      <ul className={css["codes"]}>{codes.map((code) => <li key={code}>{code}</li>)}</ul>
      <div className={css["buttons"]}>
        <CopyButton text={codes.join("\n")} done={words.recoveryCopied}>{words.recoveryCopy}</CopyButton>
        <Button icon="print" onClick={() => window.print()}>{words.recoveryPrint}</Button>
        <Button kind="primary" icon="check" onClick={onKept}>{words.recoveryKept}</Button>
      </div>
    </div>
  );
};

/** How many recovery codes are left, and new ones in their place. */
export const RecoverySection = ({ left }: { readonly left: number }): ReactElement => {
  const words = useSettingsMessages();
  const anew = useAnew();
  const renew = useCommand("session.renewRecoveryCodes", { outdates: ["session.me"], onDone: anew.clear });
  const ask = (event: FormEvent): void => {
    event.preventDefault();
    anew.prove((proof) => renew.mutate(proof));
  };
  return (
    <Section title={words.recovery} lead={words.recoveryLead(left)}>
      {renew.data !== undefined ? <CodesShown codes={renew.data.codes} onKept={renew.reset} /> : (
        <form onSubmit={ask}>
          <Fields>
            {anew.fields}
            <Button type="submit" isBusy={anew.isBusy || renew.isPending}>{words.recoveryNew}</Button>
          </Fields>
          <Fault error={anew.fault ?? renew.error} />
        </form>
      )}
    </Section>
  );
};
