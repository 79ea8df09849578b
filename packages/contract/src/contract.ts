import { archive, audit, open, village } from "./archive.ts";
import { flags } from "./flags.ts";
import { handovers } from "./handover.ts";
import { inquiry } from "./inquiry.ts";
import { desk, dispositions, drafts, received } from "./letters.ts";
import { mandates, organisation } from "./organisation.ts";
import { emergencies, inspections } from "./oversight.ts";
import { rights } from "./rights.ts";
import { accounts, office, session } from "./session.ts";
import { signing } from "./signing.ts";

const named = <Group extends string, T extends Record<string, unknown>>(group: Group, endpoints: T) =>
  Object.fromEntries(Object.entries(endpoints).map(([name, value]) => [`${group}.${name}`, value])) as {
    [K in keyof T & string as `${Group}.${K}`]: T[K]; // Object.fromEntries forgets the keys that are typed here
  };

/** Every endpoint of Lontar by name: the only thing that server and web share. */
export const contract = {
  ...named("session", session),
  ...named("accounts", accounts),
  ...named("office", office),
  ...named("organisation", organisation),
  ...named("mandates", mandates),
  ...named("desk", desk),
  ...named("received", received),
  ...named("dispositions", dispositions),
  ...named("drafts", drafts),
  ...named("archive", archive),
  ...named("village", village),
  ...named("handovers", handovers),
  ...named("open", open),
  ...named("audit", audit),
  ...named("rights", rights),
  ...named("inspections", inspections),
  ...named("emergencies", emergencies),
  ...named("inquiry", inquiry),
  ...named("flags", flags),
  ...named("signing", signing),
};

/** The name of an endpoint, such as `received.register`. */
export type EndpointName = keyof typeof contract;
