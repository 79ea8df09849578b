import { useMutation } from "@tanstack/react-query";
import { useEffect, useState, type FormEvent, type ReactElement } from "react";
import { useLanguage, useMessages } from "../kernel/catalog/index.ts";
import { call } from "../kernel/server.ts";
import { Button, ButtonLink } from "../ui/Button.tsx";
import { Field, Hint } from "../ui/Field.tsx";
import { Fault } from "../ui/Page.tsx";
import css from "./SignInPage.module.css";
import form from "./SignInForm.module.css";

const words = {
  id: { title: "Pilih kata sandi Anda", lead: (name: string, tenant: string): string => `Untuk akun ${name}, ${tenant}.`, username: "Nama pengguna Anda", password: "Kata sandi baru", show: "Perlihatkan", hint: "Paling sedikit 15 huruf. Satu kalimat pendek yang mudah Anda ingat, misalnya empat kata yang tidak berhubungan.", hintBeside: "Paling sedikit 8 huruf, karena akun ini memakai kode autentikator.", save: "Simpan kata sandi", done: "Kata sandi tersimpan.", enter: "Masuk" },
  en: { title: "Choose your password", lead: (name: string, tenant: string): string => `For the account of ${name}, ${tenant}.`, username: "Your user name", password: "New password", show: "Show", hint: "At least 15 characters. A short sentence that you remember easily, such as four unrelated words.", hintBeside: "At least 8 characters, because this account uses an authenticator code.", save: "Save password", done: "Password saved.", enter: "Sign in" },
} as const;

/** Where an activation link leads: whose account it is, and a password of one's own choice. The token stays after `#`, in the browser. */
export const ActivatePage = (): ReactElement => {
  const { product, signIn } = useMessages();
  const said = words[useLanguage()];
  const [token] = useState(() => location.hash.slice(1));
  const [password, setPassword] = useState("");
  const [isShown, setShown] = useState(false);
  const holder = useMutation({ mutationFn: () => call("session.invitation", { token }, { whenSignedOut: "refuse" }) });
  const activate = useMutation({ mutationFn: () => call("session.activate", { token, password }, { whenSignedOut: "refuse" }), onSuccess: () => setPassword("") });
  const { mutate } = holder;
  useEffect(() => {
    history.replaceState(null, "", location.pathname); // not left in the history of a shared computer
    mutate();
  }, [mutate]);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    activate.mutate();
  };
  return (
    <main className={css["page"]}>
      <header className={css["leaf"]}><div><h1>{product}</h1><p>{signIn.lead}</p></div></header>
      <section className={css["side"]}>
        <div className={css["card"]}>
          <h2>{said.title}</h2>
          <Fault error={holder.error} />
          {holder.data !== undefined && !activate.isSuccess && (
            <form className={form["form"]} onSubmit={submit}>
              <p>{said.lead(holder.data.name, holder.data.tenant)}</p>
              <Field label={said.username}><input name="username" autoComplete="username" readOnly value={holder.data.username} /></Field>
              <Field label={said.password}><input name="password" type={isShown ? "text" : "password"} autoComplete="new-password" required maxLength={200} value={password} onChange={(event) => setPassword(event.target.value)} /></Field>
              <Hint>{holder.data.secondFactor ? said.hintBeside : said.hint}</Hint>
              <label className={form["show"]}><input type="checkbox" checked={isShown} onChange={(event) => setShown(event.target.checked)} /> {said.show}</label>
              <Fault error={activate.error} />
              <Button type="submit" kind="primary" size="big" isWide isBusy={activate.isPending}>{said.save}</Button>
            </form>
          )}
          {activate.isSuccess && (
            <div className={form["form"]}>
              <p role="status">{said.done}</p>
              <ButtonLink kind="primary" size="big" isWide href="/masuk">{said.enter}</ButtonLink>
            </div>
          )}
        </div>
      </section>
    </main>
  );
};
