import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { useMessages } from "../kernel/catalog/index.ts";
import { keyOf } from "../kernel/queries.ts";
import { call } from "../kernel/server.ts";
import { Button } from "../ui/Button.tsx";
import { DemoAccounts } from "./DemoAccounts.tsx";
import { meQuery, type Me } from "./me.ts";
import { SignInForm } from "./SignInForm.tsx";
import css from "./SignInPage.module.css";

/** The door: user name and password, and in demo mode the people of the sample office. */
export const SignInPage = (): ReactElement => {
  const { product, signIn } = useMessages();
  const client = useQueryClient();
  const navigate = useNavigate();
  const { ke } = useSearch({ from: "/masuk" });
  const enter = (me: Me): void => {
    client.clear(); // nothing of the person before may be seen by the next
    client.setQueryData(meQuery.queryKey, me);
    void navigate({ href: ke ?? "/meja", replace: true });
  };
  // Outside demo mode the server does not know this list; then there is simply nothing to show.
  const demo = useQuery({ queryKey: keyOf("session.demoAccounts"), queryFn: () => call("session.demoAccounts", undefined, { whenSignedOut: "refuse" }), retry: false, staleTime: Number.POSITIVE_INFINITY });
  const ways = useQuery({ queryKey: keyOf("session.ways"), queryFn: () => call("session.ways", undefined, { whenSignedOut: "refuse" }), staleTime: Number.POSITIVE_INFINITY });
  const sso = useMutation({ mutationFn: () => call("session.beginSso", undefined, { whenSignedOut: "refuse" }), onSuccess: ({ url }) => location.assign(url) });
  const entry = useMutation({ mutationFn: (account: { readonly username: string; readonly password: string }) => call("session.signIn", { username: account.username, password: account.password }), onSuccess: enter });
  return (
    <main className={css["page"]}>
      <header className={css["leaf"]}>
        <div>
          <h1>{product}</h1>
          <p>{signIn.lead}</p>
        </div>
        <svg className={css["leaves"]} viewBox="0 0 600 260" aria-hidden="true">
          {[0, 1, 2, 3, 4].map((row) => (
            <rect key={row} x={20 + row * 6} y={10 + row * 48} width={560 - row * 22} height="32" rx="10" fill="#8fdcbd" opacity={0.34 - row * 0.055} />
          ))}
          <path d="M190 0v250" stroke="#e6b95c" strokeWidth="3" strokeLinecap="round" />
          {[0, 1, 2, 3, 4].map((row) => <circle key={row} cx="190" cy={26 + row * 48} r="6" fill="#0e3b2e" stroke="#e6b95c" strokeWidth="2.500" />)}
        </svg>
      </header>
      <section className={css["side"]}>
        <div className={css["card"]}>
          <h2>{signIn.title}</h2>
          <SignInForm onSignedIn={enter} />
          {ways.data?.sso != null && (
            <div className={css["sso"]}>
              <Button size="big" isWide icon="org" isBusy={sso.isPending} onClick={() => sso.mutate()}>{signIn.sso(ways.data.sso.label)}</Button>
              {sso.error !== null && <p role="alert">{sso.error.message}</p>}
            </div>
          )}
          {demo.data !== undefined && demo.data.length > 0 && (
            <div className={css["demo"]}>
              <h3>{signIn.demo}</h3>
              <p>{signIn.demoLead}</p>
              <DemoAccounts accounts={demo.data} isBusy={entry.isPending} onChoose={(account) => entry.mutate(account)} />
              {entry.error !== null && <p role="alert">{entry.error.message}</p>}
            </div>
          )}
        </div>
      </section>
    </main>
  );
};
