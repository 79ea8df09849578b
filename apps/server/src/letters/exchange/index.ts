export { exchangeKeys } from "./keys.ts";
export type { Destination, LetterFacts, ParcelState } from "./parcel.ts";
export { noParcel } from "./parcel.ts";
export { receiveEnvelope, type Delivery, type Receiving, type SignedReceipt } from "./receive.ts";
export type { Envelope } from "./envelope.ts";
export { exchangeJobs, type Letter, type Sending, type Transport } from "./send.ts";
export { parcelByToken, parcelMachine, parcelsOf, parcelStore, partnerById, sendParcel, type Partner } from "./store.ts";
export { exchangeRoutes } from "./routes.ts";
export { openTransport } from "./transport.ts";
