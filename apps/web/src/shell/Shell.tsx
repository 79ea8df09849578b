import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Outlet, useNavigate, useRouterState } from "@tanstack/react-router";
import { lazy, Suspense, useEffect, useState, type ReactElement, type ReactNode } from "react";
import { speak, useLanguage, useMessages } from "../kernel/catalog/index.ts";
import { useNow } from "../kernel/clock.ts";
import { chooseScheme, useScheme } from "../kernel/color-scheme.ts";
import { useConnection } from "../kernel/connection.ts";
import { useShortcuts, useShortcutsInForce, type Shortcut } from "../kernel/keys.ts";
import { useLive } from "../kernel/live.ts";
import { notify } from "../kernel/notices.ts";
import { call } from "../kernel/server.ts";
import { waitingForSignIn } from "../kernel/sign-in-gate.ts";
import { createStore, useStore, type Store } from "../kernel/store.ts";
import { useMe, useTimeWords, useTypedTextShelf } from "../session/me.ts";
import { AppShell, type Place } from "../ui/AppShell.tsx";
import { Button } from "../ui/Button.tsx";
import type { Command } from "../ui/CommandPalette.tsx";
import { Dialog } from "../ui/Dialog.tsx";
import type { MenuItem } from "../ui/Menu.tsx";
import { OverseenBanner } from "./OverseenBanner.tsx";
import { placeRows } from "./places.ts";
import { useAuthority, usePosts } from "./authority.ts";
import { useFound } from "./found.ts";
import { thingAt, whyAsked } from "./why.ts";

/** The present page's own top bar on a phone; see `usePhoneBar`. */
export const phoneBar: Store<ReactNode> = createStore<ReactNode>(undefined);

const AccountNews = lazy(async () => ({ default: (await import("../session/AccountNews.tsx")).AccountNews }));
const SecuringNews = lazy(async () => ({ default: (await import("../session/SecuringNews.tsx")).SecuringNews }));
const CommandPalette = lazy(async () => ({ default: (await import("../ui/CommandPalette.tsx")).CommandPalette }));
const KeyHelp = lazy(async () => ({ default: (await import("../ui/KeyHelp.tsx")).KeyHelp }));
const WhyDialog = lazy(async () => ({ default: (await import("./WhyDialog.tsx")).WhyDialog }));
const SignInAgain = lazy(async () => ({ default: (await import("../session/SignInAgain.tsx")).SignInAgain }));

/** The frame around every signed-in page, with everything that works everywhere: search, shortcuts, posts, news, sign-in again. */
export const Shell = (): ReactElement => {
  const me = useMe();
  const words = useMessages();
  const time = useTimeWords();
  const now = useNow();
  const connection = useConnection();
  const client = useQueryClient();
  const navigate = useNavigate();
  const pathname = useRouterState({ select: (state) => state.location.pathname });
  const [isSearching, setSearching] = useState(false);
  const [help, setHelp] = useState<ReadonlyMap<string, readonly Shortcut[]> | undefined>(undefined);
  const inForce = useShortcutsInForce();
  const userMenu = useUserMenu();
  const isSignedOut = useStore(waitingForSignIn) !== undefined;
  const thing = thingAt(pathname);
  useEffect(() => whyAsked.set(undefined), [pathname]); // the question belongs to its page
  const isAskingWhy = useStore(whyAsked) === thing?.id && thing !== undefined;
  const authority = useAuthority(me, now);
  useLive(me.acting.positionId);

  const go = (href: string): void => void navigate({ href });
  const switchPost = usePosts(me);

  const rows = placeRows.filter((row) => row.isFor?.(me) ?? true);
  const places: readonly Place[] = rows.map((row) => ({
    href: row.href,
    label: row.label(words),
    ...(row.shortLabel !== undefined && { shortLabel: row.shortLabel(words) }),
    icon: row.icon,
    isCurrent: pathname === row.href || pathname.startsWith(`${row.href}/`),
    isTab: row.isTab === true,
    isLast: row.isLast === true,
    ...(row.href === "/meja" && { count: me.acting.waiting }),
  }));

  useShortcuts([
    { keys: "ctrl+k", says: words.search.label, group: words.product, run: () => setSearching(true), whileTyping: true },
    { keys: "/", says: words.search.label, group: words.product, run: () => setSearching(true) },
    { keys: "?", says: words.help.title, group: words.product, run: () => setHelp(inForce) },
    { keys: "c", says: words.create, group: words.product, run: () => go("/naskah/baru") },
    ...(thing === undefined ? [] : [{ keys: "w", says: words.why, group: words.product, run: () => whyAsked.set(thing.id) }]),
    ...rows.slice(0, 9).map((row, index) => ({ keys: `alt+${index + 1}`, says: row.label(words), group: words.search.places, run: () => go(row.href) })),
  ]);

  const { found, ask, isAsking } = useFound(go);
  const commands: readonly Command[] = [
    ...rows.map((row, index) => ({ id: row.href, group: words.search.places, label: row.label(words), icon: row.icon, keys: `alt+${index + 1}`, run: () => go(row.href) })),
    { id: "create", group: words.search.acts, label: words.create, icon: "plus", keys: "c", run: () => go("/naskah/baru") },
    ...(thing === undefined ? [] : [{ id: "why", group: words.search.acts, label: words.why, icon: "eye", keys: "w", run: () => whyAsked.set(thing.id) } satisfies Command]),
    ...me.posts.filter((post) => post.positionId !== me.acting.positionId).map((post): Command => ({ id: post.positionId, group: words.post.change, label: post.title, note: post.unit, icon: "user", run: () => switchPost(post.positionId) })),
  ];

  return (
    <>
      <AppShell
        tenant={me.tenant.shortName}
        places={places}
        posts={me.posts.map((post) => ({ ...post, id: post.positionId, until: post.holding === "definitif" || post.until === null ? undefined : words.post.until(time.end(post.until, now)) }))}
        actingId={me.acting.positionId}
        onSwitchPost={switchPost}
        person={{ name: me.name, note: certificateNote(me.certificate, words.user, time.mediumDate) }}
        userMenu={userMenu.items}
        authority={authority}
        clock={time.full(now)}
        connection={connection}
        onRetry={() => void client.refetchQueries({ type: "active" })}
        onSearch={() => setSearching(true)}
        onHelp={() => setHelp(inForce)}
        onCreate={() => go("/naskah/baru")}
        phoneBar={useStore(phoneBar)}
      >
        {me.securing?.status === "asked" && <Suspense><SecuringNews /></Suspense>}
        {me.notices.length > 0 && <Suspense><AccountNews /></Suspense>}
        {thing !== undefined && <OverseenBanner key={thing.id} id={thing.id} />}
        <Outlet />
      </AppShell>
      <Suspense>
        {isSearching && <CommandPalette isOpen onClose={() => setSearching(false)} commands={commands} found={found} onQuery={ask} isSearching={isAsking} />}
        {help !== undefined && <KeyHelp isOpen onClose={() => setHelp(undefined)} groups={help} />}
        {isAskingWhy && <WhyDialog id={thing.id} base={thing.base} onClose={() => whyAsked.set(undefined)} />}
        {isSignedOut && <SignInAgain />}
      </Suspense>
      {userMenu.dialog}
    </>
  );
};

const certificateNote = (certificate: { readonly until: string; readonly development: boolean } | null, words: ReturnType<typeof useMessages>["user"], date: (moment: string) => string): string =>
  certificate === null ? words.noCertificate : certificate.development ? words.developmentCertificate : words.certificateUntil(date(certificate.until));

/** Appearance, language and the way out; who has unsent text on this device is asked first. */
const useUserMenu = (): { readonly items: readonly MenuItem[]; readonly dialog: ReactElement } => {
  const words = useMessages();
  const language = useLanguage();
  const shelf = useTypedTextShelf();
  const { chosen } = useScheme();
  const [isLeaving, setLeaving] = useState(false);
  const leave = useMutation({
    mutationFn: () => call("session.signOut", undefined, { whenSignedOut: "refuse" }),
    onSuccess: () => {
      shelf.forgetAll();
      location.assign("/masuk"); // a whole new page: nothing of this person stays in memory
    },
    onError: (error) => notify("bad", error.message),
  });
  const scheme = (value: "light" | "dark" | "auto", label: string): MenuItem => ({ kind: "choice", label, isChosen: chosen === value, run: () => chooseScheme(value) });
  const items: readonly MenuItem[] = [
    { kind: "heading", label: words.user.appearance },
    scheme("auto", words.user.auto),
    scheme("light", words.user.light),
    scheme("dark", words.user.dark),
    { kind: "heading", label: words.user.language },
    { kind: "choice", label: "Bahasa Indonesia", isChosen: language === "id", run: () => void speak("id") },
    { kind: "choice", label: "English", isChosen: language === "en", run: () => void speak("en") },
    { kind: "line" },
    { kind: "act", label: words.user.signOut, icon: "signOut", run: () => (shelf.count() > 0 ? setLeaving(true) : leave.mutate()) },
  ];
  const dialog = (
    <Dialog
      isOpen={isLeaving}
      onClose={() => setLeaving(false)}
      title={words.user.signOut}
      width={440}
      foot={
        <>
          <Button onClick={() => setLeaving(false)}>{words.user.stay}</Button>
          <Button kind="danger" isBusy={leave.isPending} onClick={() => leave.mutate()}>{words.user.signOut}</Button>
        </>
      }
    >
      <p>{words.user.signOutWithTyped(shelf.count())}</p>
    </Dialog>
  );
  return { items, dialog };
};
