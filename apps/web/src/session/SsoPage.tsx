import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useEffect, useState, type FormEvent, type ReactElement } from "react";
import { Refused } from "../kernel/api.ts";
import { useMessages } from "../kernel/catalog/index.ts";
import { call } from "../kernel/server.ts";
import { Button, ButtonLink } from "../ui/Button.tsx";
import { Field, Hint } from "../ui/Field.tsx";
import { Fault } from "../ui/Page.tsx";
import { meQuery, type Me } from "./me.ts";
import form from "./SignInForm.module.css";
import css from "./SignInPage.module.css";

/** Where the agency's single sign-on sends people back: their answer goes to the server once, and a code is asked for when the account wants one. */
export const SsoPage = (): ReactElement => {
  const { product, signIn } = useMessages();
  const client = useQueryClient();
  const navigate = useNavigate();
  const [answer] = useState(() => location.search);
  const [code, setCode] = useState("");
  const enter = (me: Me): void => {
    client.clear(); // nothing of the person before may be seen by the next
    client.setQueryData(meQuery.queryKey, me);
    void navigate({ href: "/meja", replace: true });
  };
  const complete = useMutation({ mutationFn: () => call("session.completeSso", { answer }, { whenSignedOut: "refuse" }), onSuccess: enter });
  const asked = complete.error instanceof Refused && (complete.error.code === "second_factor_needed" || complete.error.code === "passkey_needed") ? complete.error : undefined;
  const ticket = asked === undefined ? undefined : String(asked.facts["ticket"]);
  const isRecovery = asked?.code === "passkey_needed";
  const prove = useMutation({ mutationFn: (given: string) => call("session.completeSsoFactor", { ticket: given, code }, { whenSignedOut: "refuse" }), onSuccess: enter });
  const { mutate } = complete;
  useEffect(() => {
    history.replaceState(null, "", location.pathname); // the answer is good once and stays in no history
    mutate();
  }, [mutate]);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (ticket !== undefined) prove.mutate(ticket);
  };
  return (
    <main className={css["page"]}>
      <header className={css["leaf"]}><div><h1>{product}</h1><p>{signIn.lead}</p></div></header>
      <section className={css["side"]}>
        <div className={css["card"]}>
          <h2>{signIn.title}</h2>
          {complete.isPending && <p role="status">{signIn.ssoChecking}</p>}
          {ticket !== undefined && (
            <form className={form["form"]} onSubmit={submit}>
              {isRecovery && <Fault error={asked} />}
              <Field label={isRecovery ? signIn.recoveryCode : signIn.code}><input autoComplete="one-time-code" autoCapitalize="characters" spellCheck={false} maxLength={20} required value={code} onChange={(event) => setCode(event.target.value)} /></Field>
              <Hint>{isRecovery ? signIn.recoveryCodeHint : signIn.codeHint}</Hint>
              <Fault error={prove.error} />
              <Button type="submit" kind="primary" size="big" isWide isBusy={prove.isPending}>{signIn.submit}</Button>
              {isRecovery && <ButtonLink kind="quiet" href="/masuk">{signIn.passkey}</ButtonLink>}
            </form>
          )}
          {complete.error !== null && ticket === undefined && (
            <div className={form["form"]}>
              <Fault error={complete.error} />
              <ButtonLink kind="primary" size="big" isWide href="/masuk">{signIn.backToDoor}</ButtonLink>
            </div>
          )}
        </div>
      </section>
    </main>
  );
};
