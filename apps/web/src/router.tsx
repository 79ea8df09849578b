import { QueryClientProvider, type QueryClient } from "@tanstack/react-query";
import { createRootRouteWithContext, createRoute, createRouter, lazyRouteComponent, Outlet, redirect, useRouter } from "@tanstack/react-router";
import { lazy, Suspense, useMemo, type ComponentProps, type ReactElement } from "react";
import { isSignedOut, Refused } from "./kernel/api.ts";
import { dismiss, useNotices } from "./kernel/notices.ts";
import { queryClient } from "./kernel/queries.ts";
import type { OrganisationSearch } from "./organisation/OrganisationPage.tsx";
import { meQuery, type Me } from "./session/me.ts";
import { NotFoundPage, PageProblem, Waiting } from "./shell/Problems.tsx";
import { TravelContext } from "./ui/Anchor.tsx";
import { Notices } from "./ui/Notices.tsx";

const Root = (): ReactElement => {
  const router = useRouter();
  const travel = useMemo(() => ({ go: (href: string) => void router.navigate({ href }), prepare: (href: string) => void router.preloadRoute({ to: href }).catch(() => undefined /* a page not prepared is loaded when opened */) }), [router]);
  return (
    <TravelContext value={travel}>
      <Outlet />
      <Notices notices={useNotices()} onDismiss={dismiss} />
    </TravelContext>
  );
};

const rootRoute = createRootRouteWithContext<{ readonly client: QueryClient }>()({ component: Root });

const homeRoute = createRoute({ getParentRoute: () => rootRoute, path: "/", beforeLoad: () => { throw redirect({ href: "/meja", replace: true }); } });

const signInRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/masuk",
  validateSearch: (search: Readonly<Record<string, unknown>>): { readonly ke?: string } => (typeof search["ke"] === "string" && /^\/(?![/\\])/.test(search["ke"]) ? { ke: search["ke"] } : {}), // only back into this site
  component: lazyRouteComponent(() => import("./session/SignInPage.tsx"), "SignInPage"),
});

/** Who is signed in; whoever is not is led to the door and comes back. */
const signedIn = async ({ context, location }: { readonly context: { readonly client: QueryClient }; readonly location: { readonly pathname: string; readonly href: string } }): Promise<Me> => {
  try {
    return await context.client.ensureQueryData(meQuery);
  } catch (error) {
    if (error instanceof Refused && isSignedOut(error)) throw redirect({ to: "/masuk", search: location.pathname === "/meja" ? {} : { ke: location.href }, replace: true });
    throw error;
  }
};

/** Everything behind the door; whoever must first secure his account is led there. */
const shellRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: "shell",
  beforeLoad: async (given) => {
    if ((await signedIn(given)).securing?.status === "held_back") throw redirect({ to: "/amankan", replace: true });
  },
  component: lazyRouteComponent(() => import("./shell/Shell.tsx"), "Shell"),
  pendingComponent: Waiting,
  pendingMs: 300,
});

// Modules do not know each other: the desk is given the letters' dialogs here.
const DeskPage = lazyRouteComponent(() => import("./desk/DeskPage.tsx"), "DeskPage");
const LetterActDialog = lazy(async () => ({ default: (await import("./received/LetterActDialog.tsx")).LetterActDialog }));
const LetterDialog = (props: ComponentProps<typeof LetterActDialog>): ReactElement => (
  <Suspense>
    <LetterActDialog {...props} />
  </Suspense>
);

const onDay = (search: Readonly<Record<string, unknown>>): { readonly pada?: string } => (typeof search["pada"] === "string" && /^\d{4}-\d\d-\d\d$/.test(search["pada"]) ? { pada: search["pada"] } : {});
/** The day whose structure is shown and what is chosen in it; what is no day or name is left out. */
const organisationSearch = ({ pada, pilih }: Readonly<Record<string, unknown>>): OrganisationSearch => ({ ...(typeof pada === "string" && /^\d{4}-\d\d-\d\d$/.test(pada) && { pada }), ...(typeof pilih === "string" && /^(unit\/)?[0-9a-f-]{36}$/.test(pilih) && { pilih }) });

/** The finding that is open in the inspector's room. */
const roomSearch = ({ hal }: Readonly<Record<string, unknown>>): { readonly hal?: string } => (typeof hal === "string" && /^[0-9a-f-]{36}$/.test(hal) ? { hal } : {});

/** Every page has one line here, loaded when first opened. */
const pages = [
  createRoute({ getParentRoute: () => shellRoute, path: "/meja", component: () => <DeskPage LetterDialog={LetterDialog} /> }),
  createRoute({ getParentRoute: () => shellRoute, path: "/surat", component: lazyRouteComponent(() => import("./received/ReceivedPage.tsx"), "ReceivedPage") }),
  createRoute({ getParentRoute: () => shellRoute, path: "/surat/$id", component: lazyRouteComponent(() => import("./received/letter-route.tsx"), "LetterRoute") }),
  createRoute({ getParentRoute: () => shellRoute, path: "/surat/$id/catat", component: lazyRouteComponent(() => import("./received/register-route.tsx"), "RegisterRoute") }),
  createRoute({ getParentRoute: () => shellRoute, path: "/surat/$id/lembar", component: lazyRouteComponent(() => import("./received/sheet-route.tsx"), "SheetRoute") }),
  createRoute({ getParentRoute: () => shellRoute, path: "/surat/$id/pembaca", validateSearch: onDay, component: lazyRouteComponent(() => import("./rights/ReadersPage.tsx"), "ReadersPage") }),
  createRoute({ getParentRoute: () => shellRoute, path: "/disposisi", component: lazyRouteComponent(() => import("./dispositions/DispositionsPage.tsx"), "DispositionsPage") }),
  createRoute({ getParentRoute: () => shellRoute, path: "/naskah", component: lazyRouteComponent(() => import("./drafts/DraftsPage.tsx"), "DraftsPage") }),
  createRoute({ getParentRoute: () => shellRoute, path: "/naskah/baru", component: lazyRouteComponent(() => import("./drafts/NewDraftPage.tsx"), "NewDraftPage") }),
  createRoute({ getParentRoute: () => shellRoute, path: "/naskah/$id", component: lazyRouteComponent(() => import("./drafts/DraftPage.tsx"), "DraftPage") }),
  createRoute({ getParentRoute: () => shellRoute, path: "/naskah/$id/pembaca", validateSearch: onDay, component: lazyRouteComponent(() => import("./rights/ReadersPage.tsx"), "ReadersPage") }),
  createRoute({ getParentRoute: () => shellRoute, path: "/arsip", component: lazyRouteComponent(() => import("./archive/ArchivePage.tsx"), "ArchivePage") }),
  createRoute({ getParentRoute: () => shellRoute, path: "/arsip/$id", component: lazyRouteComponent(() => import("./archive/routes.tsx"), "DossierRoute") }),
  createRoute({ getParentRoute: () => shellRoute, path: "/cari", validateSearch: (search: Readonly<Record<string, unknown>>): { readonly q?: string } => (typeof search["q"] === "string" ? { q: search["q"] } : {}), component: lazyRouteComponent(() => import("./archive/routes.tsx"), "SearchRoute") }),
  createRoute({ getParentRoute: () => shellRoute, path: "/layanan", component: lazyRouteComponent(() => import("./village/RequestsPage.tsx"), "RequestsPage") }),
  createRoute({ getParentRoute: () => shellRoute, path: "/layanan/$id", component: lazyRouteComponent(() => import("./village/RequestPage.tsx"), "RequestPage") }),
  createRoute({ getParentRoute: () => shellRoute, path: "/organisasi", validateSearch: organisationSearch, component: lazyRouteComponent(() => import("./organisation/routes.tsx"), "OrganisationRoute") }),
  createRoute({ getParentRoute: () => shellRoute, path: "/organisasi/orang", component: lazyRouteComponent(() => import("./organisation/PeoplePage.tsx"), "PeoplePage") }),
  createRoute({ getParentRoute: () => shellRoute, path: "/organisasi/tukar", component: lazyRouteComponent(() => import("./organisation/ExchangePage.tsx"), "ExchangePage") }),
  createRoute({ getParentRoute: () => shellRoute, path: "/organisasi/aturan", component: lazyRouteComponent(() => import("./organisation/PolicyPage.tsx"), "PolicyPage") }),
  createRoute({ getParentRoute: () => shellRoute, path: "/pengawasan", validateSearch: roomSearch, component: lazyRouteComponent(() => import("./audit/RoomPage.tsx"), "RoomPage") }),
  createRoute({ getParentRoute: () => shellRoute, path: "/pengawasan/jejak", component: lazyRouteComponent(() => import("./audit/TrailPage.tsx"), "TrailPage") }),
  createRoute({ getParentRoute: () => shellRoute, path: "/pengawasan/uji-petik", component: lazyRouteComponent(() => import("./audit/SamplesPage.tsx"), "SamplesPage") }),
  createRoute({ getParentRoute: () => shellRoute, path: "/pengawasan/uji-petik/$id", component: lazyRouteComponent(() => import("./audit/SamplePage.tsx"), "SamplePage") }),
  createRoute({ getParentRoute: () => shellRoute, path: "/pengawasan/laporan", component: lazyRouteComponent(() => import("./audit/ReportsPage.tsx"), "ReportsPage") }),
  createRoute({ getParentRoute: () => shellRoute, path: "/pengawasan/keutuhan", component: lazyRouteComponent(() => import("./audit/IntegrityPage.tsx"), "IntegrityPage") }),
  createRoute({ getParentRoute: () => shellRoute, path: "/pengawasan/aturan", component: lazyRouteComponent(() => import("./audit/FlagKindsPage.tsx"), "FlagKindsPage") }),
  createRoute({ getParentRoute: () => shellRoute, path: "/penjelasan/$id", component: lazyRouteComponent(() => import("./audit/QuestionPage.tsx"), "QuestionPage") }),
  createRoute({ getParentRoute: () => shellRoute, path: "/mandat", validateSearch: (search: Readonly<Record<string, unknown>>): { readonly jabatan?: string } => (typeof search["jabatan"] === "string" && /^[0-9a-f-]{36}$/.test(search["jabatan"]) ? { jabatan: search["jabatan"] } : {}), component: lazyRouteComponent(() => import("./organisation/mandates-route.tsx"), "MandatesRoute") }),
  createRoute({ getParentRoute: () => shellRoute, path: "/mandat/pemeriksaan", component: lazyRouteComponent(() => import("./organisation/InspectionsPage.tsx"), "InspectionsPage") }),
  createRoute({ getParentRoute: () => shellRoute, path: "/mandat/pemeriksaan/$id", component: lazyRouteComponent(() => import("./organisation/InspectionPage.tsx"), "InspectionPage") }),
  createRoute({ getParentRoute: () => shellRoute, path: "/darurat", component: lazyRouteComponent(() => import("./oversight/EmergenciesPage.tsx"), "EmergenciesPage") }),
  createRoute({ getParentRoute: () => shellRoute, path: "/darurat/$id", component: lazyRouteComponent(() => import("./oversight/EmergencyPage.tsx"), "EmergencyPage") }),
  createRoute({ getParentRoute: () => shellRoute, path: "/serah-terima", component: lazyRouteComponent(() => import("./organisation/HandoversPage.tsx"), "HandoversPage") }),
  createRoute({ getParentRoute: () => shellRoute, path: "/pengaturan", component: lazyRouteComponent(() => import("./settings/SettingsPage.tsx"), "SettingsPage") }),
  createRoute({ getParentRoute: () => shellRoute, path: "/pengaturan/hak", component: lazyRouteComponent(() => import("./rights/AccessPage.tsx"), "AccessPage") }),
  createRoute({ getParentRoute: () => shellRoute, path: "/pengaturan/riwayat", component: lazyRouteComponent(() => import("./settings/HistoryPage.tsx"), "HistoryPage") }),
  createRoute({ getParentRoute: () => shellRoute, path: "/pengaturan/tindakan", component: lazyRouteComponent(() => import("./settings/ActsPage.tsx"), "ActsPage") }),
  createRoute({ getParentRoute: () => shellRoute, path: "/pengaturan/akun", component: lazyRouteComponent(() => import("./settings/AccountsPage.tsx"), "AccountsPage") }),
  createRoute({ getParentRoute: () => shellRoute, path: "/pengaturan/sertifikat", component: lazyRouteComponent(() => import("./settings/CertificatesPage.tsx"), "CertificatesPage") }),
] as const;

/** Behind the door, but outside the frame, whose parts are closed to whoever is held back here. */
const secureRoute = createRoute({ getParentRoute: () => rootRoute, path: "/amankan", beforeLoad: async (given) => void (await signedIn(given)), component: lazyRouteComponent(() => import("./settings/SecurePage.tsx"), "SecurePage") });

/** Pages for anyone, outside the door. */
const openPages = [
  createRoute({ getParentRoute: () => rootRoute, path: "/masuk/sso", component: lazyRouteComponent(() => import("./session/SsoPage.tsx"), "SsoPage") }),
  createRoute({ getParentRoute: () => rootRoute, path: "/aktifkan", component: lazyRouteComponent(() => import("./session/ActivatePage.tsx"), "ActivatePage") }),
  createRoute({ getParentRoute: () => rootRoute, path: "/periksa", validateSearch: (search: Readonly<Record<string, unknown>>): { readonly surat?: string } => (/^[A-Za-z0-9-]{6,700}$/.test(String(search["surat"] ?? "")) ? { surat: String(search["surat"]) } : {}), component: lazyRouteComponent(() => import("./verify/CheckPage.tsx"), "CheckPage") }),
  createRoute({ getParentRoute: () => rootRoute, path: "/v/$code", component: lazyRouteComponent(() => import("./verify/SealPage.tsx"), "SealPage") }), // without a network; with one the server's own page stands here
  createRoute({ getParentRoute: () => rootRoute, path: "/p/$token", component: lazyRouteComponent(() => import("./verify/ParcelPage.tsx"), "ParcelPage") }),
  createRoute({ getParentRoute: () => rootRoute, path: "/lacak/$token", component: lazyRouteComponent(() => import("./verify/RequestTrackPage.tsx"), "RequestTrackPage") }),
] as const;

const elsewhereRoute = createRoute({ getParentRoute: () => shellRoute, path: "$", component: NotFoundPage });

/** The pages of Lontar by address. */
export const router = createRouter({
  routeTree: rootRoute.addChildren([homeRoute, signInRoute, secureRoute, ...openPages, shellRoute.addChildren([...pages, elsewhereRoute])]),
  context: { client: queryClient },
  defaultPreload: "intent",
  defaultPreloadStaleTime: 0,
  scrollRestoration: true,
  defaultNotFoundComponent: NotFoundPage,
  defaultErrorComponent: ({ error, reset }) => <PageProblem error={error} onRetry={() => { reset(); void router.invalidate(); }} />,
  Wrap: ({ children }) => <QueryClientProvider client={queryClient}>{children}</QueryClientProvider>,
});

declare module "@tanstack/react-router" {
  interface Register {
    readonly router: typeof router;
  }
}
