export { agendaSeries, letterSeries, nextNumber, settleNumber, takeNumber, writtenNumber, type NumberFate } from "./numbers.ts";
export { disposeLetter, endOfDay, fileReceived, receiveInternal, settleLetter, type InternalArrival } from "./commands.ts";
export { isRegistrarOf, isSecret, titleOf, type LetterFile, type ReceivedFacts, type ReceivedLetter } from "./received.ts";
export type { LetterDispositions } from "./view.ts";
export { arrivingMachine, receivedMachine, receivedStore, rememberBlob, visibleLetter } from "./store.ts";
