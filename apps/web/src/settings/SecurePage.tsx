import { useMutation } from "@tanstack/react-query";
import type { ReactElement } from "react";
import { useMessages } from "../kernel/catalog/index.ts";
import { call } from "../kernel/server.ts";
import { useMe, useTimeWords } from "../session/me.ts";
import { isPasskeyPossible } from "../session/passkey.ts";
import door from "../session/SignInPage.module.css";
import { Button, ButtonLink } from "../ui/Button.tsx";
import { Fault, Section } from "../ui/Page.tsx";
import { AddPasskey } from "./PasskeySection.tsx";
import { SecondFactorSection } from "./SecondFactorSection.tsx";
import { useSecuringWords } from "./securing-words.ts";
import css from "./SecurePage.module.css";

/** The one page of whoever must first secure his account: why, until when, and the two ways. It stands outside the frame, whose other parts are closed to him. */
export const SecurePage = (): ReactElement => {
  const { product, signIn } = useMessages();
  const words = useSecuringWords();
  const me = useMe();
  const time = useTimeWords();
  const leave = useMutation({ mutationFn: () => call("session.signOut", undefined, { whenSignedOut: "refuse" }), onSuccess: () => location.assign("/masuk") });
  const { securing } = me;
  return (
    <main className={door["page"]}>
      <header className={door["leaf"]}><div><h1>{product}</h1><p>{signIn.lead}</p></div></header>
      <section className={door["side"]}>
        <div className={css["card"]}>
          {securing === null ? (
            <>
              <h2>{words.done}</h2>
              <p role="status">{words.doneLead}</p>
              <div className={css["acts"]}><ButtonLink kind="primary" size="big" href="/meja">{words.go}</ButtonLink></div>
            </>
          ) : (
            <>
              <h2>{words.title}</h2>
              <p>{words.why}</p>
              {securing.status === "held_back" && <p role="status"><b>{words.heldBack}</b></p>}
              {securing.status === "asked" && securing.until !== null && <p role="status"><b>{words.asked(time.full(securing.until))}</b></p>}
              {isPasskeyPossible() && (
                <>
                  <Section title={words.passkey} lead={words.passkeyLead}><AddPasskey /></Section>
                  <p className={css["or"]}>{words.or}</p>
                </>
              )}
              <SecondFactorSection />
              <Fault error={leave.error} />
              <div className={css["acts"]}>
                {securing.status !== "held_back" && <ButtonLink kind="quiet" href="/meja">{words.later}</ButtonLink>}
                <Button kind="quiet" icon="signOut" isBusy={leave.isPending} onClick={() => leave.mutate()}>{words.leave}</Button>
              </div>
            </>
          )}
        </div>
      </section>
    </main>
  );
};
