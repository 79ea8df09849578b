import { useState, type ReactElement, type ReactNode } from "react";
import { useMessages } from "../kernel/catalog/index.ts";
import type { Connection } from "../kernel/connection.ts";
import { Anchor } from "./Anchor.tsx";
import { Button, Caps, IconButton } from "./Button.tsx";
import { Dialog } from "./Dialog.tsx";
import { Icon, type IconName } from "./Icon.tsx";
import { Logo } from "./Marks.tsx";
import { Menu, type MenuButtonProps, type MenuItem } from "./Menu.tsx";
import { PostAvatar } from "./Small.tsx";
import css from "./AppShell.module.css";

/** One place of the map. `count` is what waits there; `tab` puts it in the phone's bottom bar (four at most). */
export type Place = { readonly href: string; readonly label: string; readonly shortLabel?: string; readonly icon: IconName; readonly count?: number; readonly isCurrent: boolean; readonly isTab?: boolean; readonly isLast?: boolean };

/** A post that the person can act in. */
export type ShellPost = { readonly id: string; readonly title: string; readonly unit: string; readonly holding: "definitif" | "plt" | "plh" | "pj"; readonly basis: string | null; readonly waiting: number; /** `sampai Jumat`, of a mandate. */ readonly until?: string | undefined };

/** Props of `AppShell`. */
export type AppShellProps = {
  readonly tenant: string;
  readonly places: readonly Place[];
  readonly posts: readonly ShellPost[];
  readonly actingId: string;
  readonly onSwitchPost: (id: string) => void;
  readonly person: { readonly name: string; readonly note: string };
  readonly userMenu: readonly MenuItem[];
  /** A standing word about whose authority is used here: of an acting official, or of the holder who stands aside for one. */
  readonly authority?: { readonly kind: "acting" | "aside"; readonly sentence: string; readonly act: { readonly label: string; readonly href: string } | undefined } | undefined;
  /** `Selasa, 24 November 2026 14.05 WITA` */
  readonly clock: string;
  readonly connection: Connection;
  readonly onRetry: () => void;
  readonly onSearch: () => void;
  readonly onHelp: () => void;
  /** Absent = this post may not draft. */
  readonly onCreate?: (() => void) | undefined;
  /** A page's own top bar on a phone (such as back, sender, page number); it then also does without the bottom bar. */
  readonly phoneBar?: ReactNode;
  readonly children: ReactNode;
};

/** The frame of every page: rail, top bar, clock, post switcher; on a phone a top line, a bottom bar and a sheet with the rest. */
export const AppShell = (props: AppShellProps): ReactElement => {
  const { tenant, places, posts, actingId, onSwitchPost, person, userMenu, authority, clock, connection, onRetry, onSearch, onHelp, onCreate, phoneBar, children } = props;
  const words = useMessages();
  const [isSheetOpen, setSheetOpen] = useState(false);
  const acting = posts.find((post) => post.id === actingId);
  const title = acting === undefined ? "" : titleOf(acting, words.post.holding[acting.holding]);
  const mark = acting !== undefined && acting.holding !== "definitif" ? <PostAvatar name={person.name} kind="acting" isSmall /> : undefined;
  const postItems: readonly MenuItem[] = posts.map((post) => ({
    kind: "choice",
    label: titleOf(post, words.post.holding[post.holding]),
    note: [post.until, post.unit, words.post.waiting(post.waiting), post.basis].filter((part) => part !== undefined && part !== null && part !== "").join(" · "),
    isChosen: post.id === actingId,
    run: () => {
      if (post.id !== actingId) onSwitchPost(post.id);
    },
  }));
  const tabs = places.filter((place) => place.isTab === true).slice(0, 3);
  const [firstTab, secondTab, thirdTab] = tabs;

  return (
    <div className={css["app"]}>
      <a className={css["skip"]} href="#isi">{words.skipToContent}</a>
      <aside className={css["rail"]}>
        <Anchor className={css["brand"]} href="/meja">
          <Logo />
          <span>
            <b>{words.product}</b>
            <small>{tenant}</small>
          </span>
        </Anchor>
        <Menu label={words.post.change} items={postItems} button={(given) => <PostButton given={given} small={words.post.acting} title={title} note={acting?.until} mark={mark} className={css["post"]} icon="upDown" />} />
        <nav className={css["places"]} aria-label={words.places.main}>
          {places.filter((place) => place.isLast !== true).map((place) => <RailPlace key={place.href} place={place} />)}
        </nav>
        <div className={css["foot"]}>
          <nav className={css["places"]} aria-label={words.places.other}>
            {places.filter((place) => place.isLast === true).map((place) => <RailPlace key={place.href} place={place} />)}
          </nav>
          <Menu
            label={words.user.menu}
            items={userMenu}
            side="above"
            button={(given) => (
              <button {...given} type="button" className={css["me"]}>
                <PostAvatar name={person.name} kind="you" />
                <span>
                  <b>{person.name}</b>
                  <small>{person.note}</small>
                </span>
              </button>
            )}
          />
        </div>
      </aside>
      <div className={css["main"]}>
        <header className={css["top"]}>
          <button type="button" className={css["search"]} onClick={onSearch}>
            <Icon name="search" size={18} />
            <span>{words.search.label}</span>
            <Caps keys={["Ctrl", "K"]} />
          </button>
          <span className={css["clock"]}>
            <i data-state={connection} role="img" aria-label={connection === "online" ? words.connection.online : words.connection[connection]} />
            {clock}
          </span>
          <IconButton label={words.help.label} icon="help" kind="plain" onClick={onHelp} />
          {onCreate !== undefined && <Button icon="plus" keys={["C"]} onClick={onCreate}>{words.create}</Button>}
        </header>
        {phoneBar ?? (
          <header className={css["phoneTop"]}>
            <Logo size={26} />
            <Menu label={words.post.change} items={postItems} button={(given) => <PostButton given={given} small={words.post.acting} title={title} mark={mark} className={css["phonePost"]} icon="down" />} />
            <IconButton label={words.search.label} icon="search" onClick={onSearch} />
          </header>
        )}
        <div className={css["banners"]}>
          {connection !== "online" && (
            <div className={css["banner"]} role="status">
              <Icon name="cloudOff" size={18} />
              <p>{words.connection[connection]}</p>
              <button type="button" onClick={onRetry}>{words.connection.retry}</button>
            </div>
          )}
          {authority !== undefined && (
            <div className={css["banner"]} data-authority={authority.kind} role="status">
              <Icon name={authority.kind === "aside" ? "eye" : "shield"} size={18} />
              <p>{authority.sentence}</p>
              {authority.act !== undefined && <Anchor href={authority.act.href}>{authority.act.label}</Anchor>}
            </div>
          )}
        </div>
        <main id="isi" className={css["content"]} tabIndex={-1}>{children}</main>
        {phoneBar === undefined && (
          <nav className={css["tabs"]} aria-label={words.places.main}>
            {firstTab !== undefined && <Tab place={firstTab} />}
            {secondTab !== undefined && <Tab place={secondTab} />}
            {onCreate === undefined ? <span /> : (
              <button type="button" className={css["make"]} aria-label={words.create} onClick={onCreate}>
                <Icon name="plus" size={24} />
              </button>
            )}
            {thirdTab !== undefined && <Tab place={thirdTab} />}
            <button type="button" className={css["tab"]} aria-haspopup="dialog" onClick={() => setSheetOpen(true)}>
              <Icon name="menu" size={22} />
              <span>{words.places.more}</span>
            </button>
          </nav>
        )}
      </div>
      <Dialog isOpen={isSheetOpen} onClose={() => setSheetOpen(false)} title={tenant} lead={clock}>
        <nav aria-label={words.places.other}>
          {places.filter((place) => !tabs.includes(place)).map((place) => (
            <Anchor key={place.href} className={css["sheetPlace"]} href={place.href} aria-current={place.isCurrent ? "page" : undefined} onClick={() => setSheetOpen(false)}>
              <Icon name={place.icon} size={22} />
              {place.label}
              {place.count !== undefined && place.count > 0 && <em>{place.count}</em>}
            </Anchor>
          ))}
        </nav>
        <div className={css["sheetMe"]}>
          <PostAvatar name={person.name} kind="you" />
          <span>
            <b>{person.name}</b>
            <small>{person.note}</small>
          </span>
          <Menu label={words.user.menu} items={userMenu} side="above" button={(given) => <IconButton {...given} label={words.user.menu} icon="more" kind="plain" />} />
        </div>
      </Dialog>
    </div>
  );
};

const titleOf = (post: ShellPost, holding: string): string => (holding === "" ? post.title : `${holding} ${post.title}`);

const PostButton = ({ given, small, title, note, mark, className, icon }: { readonly given: MenuButtonProps; readonly small: string; readonly title: string; readonly note?: string | undefined; readonly mark?: ReactNode; readonly className: string | undefined; readonly icon: IconName }): ReactElement =>
  icon === "down" ? (
    <button {...given} type="button" className={className}>
      {mark ?? <small>{small}</small>}
      <b>{title}</b>
      <Icon name={icon} size={18} />
    </button>
  ) : (
    <button {...given} type="button" className={className}>
      {mark}
      <span>
        <small>{small}</small>
        <b>{title}</b>
        {note !== undefined && <small>{note}</small>}
      </span>
      <Icon name={icon} size={18} />
    </button>
  );

const RailPlace = ({ place }: { readonly place: Place }): ReactElement => (
  <Anchor className={css["place"]} href={place.href} aria-current={place.isCurrent ? "page" : undefined} title={place.label}>
    <Icon name={place.icon} />
    <span>{place.label}</span>
    {place.count !== undefined && place.count > 0 && <em>{place.count}</em>}
  </Anchor>
);

const Tab = ({ place }: { readonly place: Place }): ReactElement => (
  <Anchor className={css["tab"]} href={place.href} aria-current={place.isCurrent ? "page" : undefined}>
    <Icon name={place.icon} size={22} />
    <span>{place.shortLabel ?? place.label}</span>
    {place.count !== undefined && place.count > 0 && <em>{place.count > 99 ? "99+" : place.count}</em>}
  </Anchor>
);
