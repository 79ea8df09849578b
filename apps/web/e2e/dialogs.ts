/**
 * What one does with the keyboard to open a dialog: a name is the button or menu item that Enter is pressed on, `type` goes into the text
 * area that has the focus, `keys` are pressed as they are.
 */
export type Step = string | RegExp | { readonly keys: string } | { readonly type: string };

/** How the journey of dialogs opens one, and who may. A `:word` in the address is the thing of that name in `given`. */
export type Opened = {
  readonly as: string;
  readonly at: string;
  readonly steps: readonly Step[];
  readonly isPhone?: boolean;
  /** What shows that the dialog has come to itself, where it first has to load. */
  readonly until?: string;
  /** Enter, pressed at once, does its main act: a list of places goes there, a form that only changes saves what can be taken back. */
  readonly doesOnEnter?: boolean;
};

/** A dialog that another journey opens on its way, since it takes a story to get there. */
export type OpenedElsewhere = { readonly journey: string; readonly test: string };

const inspected = { journey: "inspector.test.ts", test: "he sees what does not fit, opens it with its evidence, asks, and the official answers from his desk" };
const disposed = { journey: "disposition.test.ts", test: "the reports go up: the kabid from a phone, the kepala dinas gives it back once, and accepts it" };
const finished = { journey: "disposition.test.ts", test: "the sekda accepts and finishes the letter; the clerk files it under its classification" };
const renamed = { journey: "organisation.test.ts", test: "the admin renames a dinas from tomorrow, with a decree; last year and today keep the old name, next month shows the new one" };
const mandated = { journey: "acting.test.ts", test: "the sekda names the sekretaris dinas Plh. in two steps, on a scanned decree, within a scope" };
const passkeyed = { journey: "signin.test.ts", test: "an official makes a passkey in Pengaturan and comes in with it, without typing his name" };
const invited = { journey: "signin.test.ts", test: "the admin hands over a link, the newcomer chooses the password, and a block shuts the door" };
const opened = { journey: "signin.test.ts", test: "in an emergency the admin opens letters by a code, and by a touch of his passkey; either also stands before a change of his account and before devices are signed out" };

/** Every dialog of the product by the part that draws it, and how the keyboard opens it. `tools/tidy` fails when one is missing here. */
export const dialogs: Readonly<Record<string, Opened | OpenedElsewhere>> = {
  "audit/FlagKindsPage.tsx KindDialog": { as: "inspektur", at: "/pengawasan/aturan", steps: [/^Ubah ukuran/] },
  "audit/FlagPane.tsx AskDialog": inspected,
  "audit/FlagPane.tsx CloseDialog": inspected,
  "audit/SamplePage.tsx DrawDialog": { as: "inspektur", at: "/pengawasan/uji-petik/:sample", steps: ["Undi sekarang"] },
  "audit/SamplePage.tsx AbandonDialog": { as: "inspektur", at: "/pengawasan/uji-petik/:sample", steps: ["Tinggalkan…"] },
  "audit/SamplesPage.tsx LockDialog": { as: "inspektur", at: "/pengawasan/uji-petik", steps: ["Mulai uji petik"] },
  "audit/TrailPage.tsx SaveDialog": { as: "inspektur", at: "/pengawasan/jejak", steps: ["Simpan pencarian"] },
  "audit/TrailPage.tsx ChangeDialog": { as: "inspektur", at: "/pengawasan/jejak", steps: ["Ubah: Tanda tangan"], doesOnEnter: true },
  "drafts/ActNote.tsx ActNote": { as: "kadis", at: "/naskah/:signed", steps: ["Tindakan lain", "Cabut surat"] },
  "drafts/ConflictDialog.tsx ConflictDialog": { journey: "together.test.ts", test: "two windows write the same naskah: the second is asked, either choice works, nothing is lost" },
  "drafts/RecipientDialog.tsx RecipientDialog": { journey: "together.test.ts", test: "a name typed for an outside receiver counts without a press on Tambah; an address that is none is shown" },
  "drafts/ReviewPage.tsx FileAct": { journey: "together.test.ts", test: "the kepala dinas signs on a phone, the letter is filed in a new dossier" },
  "drafts/SignAct.tsx SignAct": { as: "kadis", at: "/naskah/:ready", steps: [/^Tanda tangani/], until: 'input[type="password"]' },
  "drafts/SignMany.tsx SignMany": { journey: "sign-many.test.ts", test: "each is read as it will be signed, a wrong secret costs one try, one is held, each has its own result" },
  "drafts/SignedDialog.tsx SignedDialog": { journey: "drafting.test.ts", test: "the kepala dinas signs what she sees; a wrong passphrase costs nothing" },
  "organisation/GiveInspection.tsx GiveInspection": { journey: "oversight.test.ts", test: "the bupati sends the inspector, who reads under the mandate what it reaches and nothing else" },
  "organisation/GiveInspection.tsx Fill": { as: "bupati", at: "/mandat/pemeriksaan", steps: ["Beri mandat pemeriksaan"], until: "input" },
  "organisation/GiveMandate.tsx ChoosePost": { as: "sekda", at: "/mandat", steps: ["Beri mandat"] },
  "organisation/GiveMandate.tsx GiveMandate": mandated,
  "organisation/GiveMandate.tsx Fill": mandated,
  "organisation/HandoversPage.tsx Cancel": { as: "admin", at: "/serah-terima", steps: ["Batalkan"] },
  "organisation/HandoversPage.tsx Prepare": { as: "admin", at: "/serah-terima", steps: ["Siapkan serah terima"] },
  "organisation/HoldingDialogs.tsx AppointDialog": { as: "admin", at: "/organisasi?pilih=:post", steps: ["Angkat pejabat"] },
  "organisation/HoldingDialogs.tsx EndHoldingDialog": { as: "admin", at: "/organisasi?pilih=:post", steps: ["Ubah susunan", "Akhiri pemangkuan"] },
  "organisation/InspectionsPage.tsx RevokeInspection": { as: "bupati", at: "/mandat/pemeriksaan", steps: [/^Cabut: /] },
  "organisation/MandatesPage.tsx RevokeMandate": { as: "sekda", at: "/mandat", steps: [/^Cabut /] },
  "organisation/OrganisationPage.tsx Loaded": { journey: "organisation.test.ts", test: "prints the whole tree on one sheet, and is as careful in the dark and on a phone" },
  "organisation/PeoplePage.tsx PersonDialog": { as: "admin", at: "/organisasi/orang", steps: ["Pegawai baru"] },
  "organisation/PostDialog.tsx PostDialog": { journey: "organisation.test.ts", test: "a person is entered with NIP and NIK, and appointed to a new post on a decree" },
  "organisation/PostDialog.tsx PostForm": { as: "admin", at: "/organisasi?pilih=:post", steps: ["Ubah susunan", "Ubah jabatan"], until: "form", doesOnEnter: true },
  "organisation/PostDialog.tsx ClosePostDialog": { as: "admin", at: "/organisasi?pilih=:post", steps: ["Ubah susunan", "Hapus jabatan"] },
  "organisation/TimeLine.tsx AsOfDialog": { as: "admin", at: "/organisasi", steps: [/^Keadaan /] },
  "organisation/UnitDialog.tsx UnitDialog": renamed,
  "organisation/UnitDialog.tsx UnitForm": { as: "admin", at: "/organisasi?pilih=unit/:unit", steps: ["Ubah unit"], until: "form", doesOnEnter: true },
  "organisation/UnitDialog.tsx DissolveUnitDialog": { as: "admin", at: "/organisasi?pilih=unit/:unit", steps: ["Ubah susunan", "Hapus unit"] },
  "organisation/UnitDialog.tsx EndDialog": { as: "admin", at: "/organisasi?pilih=:post", steps: ["Ubah susunan", "Hapus jabatan"] },
  "oversight/EmergencyPage.tsx Acknowledge": { as: "sekda", at: "/darurat/:emergency", steps: ["Saya mengetahui"] },
  "oversight/OpenEmergency.tsx Find": { as: "admin", at: "/darurat", steps: ["Buka surat"] },
  "oversight/OpenEmergency.tsx Reason": opened,
  "received/DispositionDialog.tsx DispositionDialog": { as: "sekda", at: "/surat/:letter", steps: ["Disposisikan"] },
  "received/Duplicates.tsx Compare": { journey: "incoming.test.ts", test: "the same scan again is caught: compared, and merged with the letter that has the number" },
  "received/LetterActDialog.tsx LetterActDialog": { journey: "disposition.test.ts", test: "the sekda finds it on the desk and disposes it to the kepala dinas, responsible, and the asisten, with two keys" },
  "received/LetterActDialog.tsx ReportDialog": { as: "kadis", at: "/surat/:disposed", steps: ["Laporkan"] },
  "received/LetterActDialog.tsx ProgressDialog": { as: "kadis", at: "/surat/:disposed", steps: ["Catat tindak lanjut"] },
  "received/LetterActDialog.tsx AcceptDialog": disposed,
  "received/LetterActDialog.tsx GiveBackDialog": disposed,
  "received/LetterActDialog.tsx WithdrawDialog": { as: "sekda", at: "/surat/:disposed", steps: [/^Tarik disposisi/] },
  "received/LetterActDialog.tsx CloseDialog": { as: "sekda", at: "/surat/:letter", steps: ["Selesaikan"] },
  "received/LetterActDialog.tsx DiscardDialog": { as: "tusetda", at: "/surat/:scan/catat", steps: ["Buang pindaian"] },
  "received/LetterActDialog.tsx FileDialog": finished,
  "received/LetterActDialog.tsx DirectDialog": { as: "tusetda", at: "/surat/:unread", steps: ["Arahkan ulang"] },
  "received/RegisterPage.tsx Direction": { as: "tusetda", at: "/surat/:scan/catat", steps: ["Cari jabatan, unit, atau nama"] },
  "received/ReplyDialog.tsx ReplyDialog": { as: "sekda", at: "/surat/:letter", steps: ["Tindakan lain", "Balas dengan naskah"] },
  "rights/AccessPage.tsx Answers": { as: "admin", at: "/pengaturan/hak", steps: [/Disposisikan/] },
  "rights/ClassRights.tsx EndRight": { journey: "sight.test.ts", test: "the admin adds a right of class and ends it; who is neither admin nor inspector is told that it is not his" },
  "session/NoteDialog.tsx NoteDialog": { as: "sekda", at: "/surat/:letter", steps: ["Selesaikan"] },
  "session/SignInAgain.tsx SignInAgain": { journey: "together.test.ts", test: "the session ends while one types: sign in again over the page, and go on" },
  "settings/AccountsPage.tsx InviteDialog": { as: "admin", at: "/pengaturan/akun", steps: ["Buat akun"] },
  "settings/AccountsPage.tsx ManageDialog": { as: "admin", at: "/pengaturan/akun", steps: ["Kelola"] },
  "settings/AccountsPage.tsx LinkDialog": invited,
  "settings/ActsPage.tsx ActsPage": { as: "sekda", at: "/pengaturan/tindakan", steps: ["Bukan saya"] },
  "settings/CertificateSection.tsx Current": { as: "kadis", at: "/pengaturan", steps: ["Cabut"] },
  "settings/PasskeySection.tsx RemoveDialog": passkeyed,
  "settings/PasskeySection.tsx RenameDialog": passkeyed,
  "settings/SettingsPage.tsx EndDialog": { as: "kadis", at: "/pengaturan", steps: ["Keluarkan"] },
  "shell/Shell.tsx useUserMenu": { as: "sekda", at: "/surat/:letter", steps: ["Selesaikan", { type: "Belum selesai." }, { keys: "Escape" }, /Syamsul Rijal/, "Keluar"] },
  "shell/WhyDialog.tsx WhyDialog": { as: "sekda", at: "/surat/:letter", steps: ["Mengapa saya bisa melihat ini?"] },
  "ui/AppShell.tsx AppShell": { as: "sekda", at: "/meja", steps: ["Lainnya"], isPhone: true },
  "ui/CommandPalette.tsx CommandPalette": { as: "sekda", at: "/meja", steps: [/^Cari atau lakukan/], doesOnEnter: true },
  "ui/DossierDialog.tsx DossierDialog": finished,
  "ui/KeyHelp.tsx KeyHelp": { as: "sekda", at: "/meja", steps: ["Bantuan dan pintasan"] },
  "ui/SignDialog.tsx SignDialog": { as: "kadis", at: "/naskah/:ready", steps: [/^Tanda tangani/], until: 'input[type="password"]' },
  "verify/CameraDialog.tsx CameraDialog": { journey: "seal.test.ts", test: "the camera reads the code on paper and leads to the register's page; where it is not allowed, the page says what else there is" },
};
