import type { contract, Result } from "@lontar/contract";
import { draftStore } from "../drafts/index.ts";
import type { Actor } from "../kernel/actor.ts";
import { inInstallation, readTenant, type Tx } from "../kernel/db.ts";
import { command, open, openFile, query, type Route } from "../kernel/http.ts";
import type { Id } from "../kernel/ids.ts";
import { NotFound, Refused } from "../kernel/refusal.ts";
import { holderKeys, mayRead } from "../kernel/state.ts";
import { fileName, fileOf, issuedLetter } from "../letters/issued/index.ts";
import { tenantOf } from "../access/index.ts";
import { officeOf, postsAsKnown } from "../organisation/index.ts";
import { enterRequest, eraseRequest, openForm, receiptUrl, services, tell, verifyRequest, type Village } from "./commands.ts";
import { decideRequest, maskForm, requestStatus, statusText, type RequestCommand, type RequestState } from "./request.ts";
import { pathOf, type Path } from "./path.ts";
import { countRequests, requestOfToken, requestsOf, requestStore } from "./store.ts";

const samples: Readonly<Record<string, RequestCommand>> = {
  complete: { type: "verify", draftId: "", note: "" },
  giveBack: { type: "giveBack", note: "contoh" },
  cancel: { type: "cancel", reason: "contoh" },
  erase: { type: "erase", reason: "contoh", events: [] },
  handOver: { type: "handOver" },
};

/** The acts that would not be refused now. */
const may = (state: RequestState, by: Actor): string[] => Object.entries(samples).flatMap(([name, sample]) => ("events" in decideRequest(state, sample, by) ? [name] : []));

const find = async (tx: Tx, id: Id, by: Actor): Promise<RequestState> => {
  const state = (await requestStore.find(tx, by.tenantId, id))?.state;
  if (state == null || !(await mayRead(tx, id, by))) throw new NotFound("request");
  return state;
};

/** The stations of a request, with the officials who stand at them now. */
const readPath = async (tx: Tx, tenantId: Id, state: RequestState, at: string): Promise<Path> => {
  const draft = state.draftId === null ? undefined : ((await draftStore.find(tx, tenantId, state.draftId))?.state ?? undefined);
  const posts = await postsAsKnown(tx, tenantId, [state.operatorId, ...(draft?.steps ?? []).map((step) => step.positionId)], at);
  return pathOf(state, draft?.steps ?? [], (positionId) => posts.get(positionId));
};

/** What the village's pages need beside the counter. */
export type VillagePages = Village & { readonly fileBytes: (sha256: string) => Promise<Uint8Array> };

const requestOf = async (village: VillagePages, token: string) => {
  const door = /^[\w-]{20,40}$/.test(token) ? await inInstallation(village.db, (tx) => requestOfToken(tx, token)) : undefined;
  if (door === undefined) throw new Refused("not_found");
  return readTenant(village.db, door.tenant_id, async (tx) => {
    const state = (await requestStore.find(tx, door.tenant_id, door.id))?.state;
    if (state == null) throw new Refused("not_found");
    const isReady = state.status === requestStatus.ready || state.status === requestStatus.collected;
    const letter = isReady && state.draftId !== null ? await issuedLetter(tx, door.tenant_id, state.draftId) : undefined;
    return { state, letter: letter?.status === "dicabut" ? undefined : letter, tenant: await tenantOf(tx, door.tenant_id), office: await officeOf(tx, door.tenant_id, state.officeId, village.source.now()), path: await readPath(tx, door.tenant_id, state, village.source.now()) };
  });
};

/** What a resident follows, by the token of his link. */
export const requestView = async (village: VillagePages, token: string): Promise<Result<(typeof contract)["open.request"]>> => {
  const { state, letter, tenant, office, path } = await requestOf(village, token);
  const isBack = state.status === requestStatus.incomplete || state.status === requestStatus.cancelled;
  return {
    service: state.serviceTitle, government: tenant.name, above: (office?.letterhead?.lines ?? []).slice(0, -1), address: [...(office?.letterhead?.address ?? [])], zone: tenant.zone,
    status: state.status, since: state.since, reason: isBack ? (state.history.at(-1)?.note ?? null) : null, steps: [...path],
    letter: letter === undefined ? null : { number: letter.number, code: letter.code, size: fileOf(letter).size, verificationUrl: `${village.publicUrl}/v/${letter.code}` },
  };
};

/** The counter, and the resident's own page. */
export const villageRoutes = (village: VillagePages): readonly Route[] => {
  return [
    query("village.services", async () => services().map(({ code, title, purpose }) => ({ code, title, purpose: purpose.id }))),
    query("village.list", async (tx, input, by) => {
      const status = input.status === undefined || !/^[0-5]$/.test(input.status) ? null : Number(input.status);
      const filter = { holders: holderKeys(by), status, applicant: input.q ?? "", cursor: input.cursor ?? null, limit: input.limit + 1 };
      const rows = await requestsOf(tx, by.tenantId, filter);
      const shown = rows.slice(0, input.limit);
      return {
        items: shown.map(({ id, state }) => ({ id, service: state.serviceTitle, applicant: state.form.applicant, status: state.status, statusText: statusText[state.status], at: state.history[0]?.at ?? state.since, number: state.number })),
        next: rows.length > input.limit ? (shown.at(-1)?.id ?? null) : null,
        counts: await countRequests(tx, by.tenantId, filter),
      };
    }),
    query("village.show", async (tx, input, by) => {
      const state = await find(tx, input.id, by);
      const draft = state.draftId === null ? undefined : (await draftStore.find(tx, by.tenantId, state.draftId))?.state;
      return {
        id: input.id, service: state.service, serviceTitle: state.serviceTitle, status: state.status, statusText: statusText[state.status], applicant: state.form.applicant, form: { ...maskForm(openForm(village, input.id, state)) },
        draftId: state.draftId, number: state.number ?? draft?.frozen?.number ?? null, receiptUrl: receiptUrl(village, state.token), history: [...state.history], may: may(state, by),
      };
    }),
    command("village.create", async (tx, input, by) => {
      const state = await enterRequest(village, tx, input, by);
      return { id: input.id, status: String(state.status), receiptUrl: receiptUrl(village, state.token) };
    }),
    command("village.complete", async (tx, input, by) => ({ id: input.id, status: String((await verifyRequest(village, tx, input.id, input.note, by)).status) })),
    command("village.giveBack", async (tx, input, by) => ({ id: input.id, status: String((await tell(tx, input.id, { type: "giveBack", note: input.note }, by)).status) })),
    command("village.cancel", async (tx, input, by) => ({ id: input.id, status: String((await tell(tx, input.id, { type: "cancel", reason: input.reason }, by)).status) })),
    command("village.erase", async (tx, input, by) => ({ id: input.id, status: String((await eraseRequest(tx, input.id, input.reason, by)).status) })),
    command("village.handOver", async (tx, input, by) => ({ id: input.id, status: String((await tell(tx, input.id, { type: "handOver" }, by)).status) })),
    open("open.request", (input) => requestView(village, input.token)),
    openFile("open.requestFile", async (input) => {
      const { letter } = await requestOf(village, input.token);
      if (letter === undefined) throw new Refused("not_found");
      return { bytes: await village.fileBytes(fileOf(letter).sha256), mediaType: "application/pdf", name: fileName(letter), inline: true };
    }),
  ];
};
