import { useState, type ReactElement, type ReactNode } from "react";
import { ActBar, PageLoading, ReadingPane } from "../ui/ReadingPane.tsx";
import { AgendaPreview, CropField, DuplicateCard, ScanStrip } from "../ui/Register.tsx";
import { AppShell, type AppShellProps, type Place } from "../ui/AppShell.tsx";
import { BottomSheet } from "../ui/BottomSheet.tsx";
import { Button, IconButton, Kbd, Spinner } from "../ui/Button.tsx";
import { Chip, Confidence, DeadlineRing, PostAvatar, SavedState, Segmented } from "../ui/Small.tsx";
import { CommandPalette } from "../ui/CommandPalette.tsx";
import { Dialog } from "../ui/Dialog.tsx";
import { DispositionTree } from "../ui/DispositionTree.tsx";
import { EmptyState, ErrorState } from "../ui/Empty.tsx";
import { FactGrid, FactLines } from "../ui/FactGrid.tsx";
import { FilterCounters, QueueGroup, QueueRow, type QueueRowProps } from "../ui/QueueRow.tsx";
import { Icon, iconNames } from "../ui/Icon.tsx";
import { Jejak } from "../ui/Jejak.tsx";
import { KeyHelp, KeyHints } from "../ui/KeyHelp.tsx";
import { Logo, Seal } from "../ui/Marks.tsx";
import { Notices } from "../ui/Notices.tsx";
import { PagePill, PageViewer } from "../ui/PageViewer.tsx";
import { ParafChain } from "../ui/ParafChain.tsx";
import { PdfViewer } from "../ui/PdfViewer.tsx";
import { SelectionBar, WorkThrough } from "../ui/SelectionBar.tsx";
import { SignDialog, type SignDialogProps } from "../ui/SignDialog.tsx";
import { Verdict } from "../ui/Verdict.tsx";
import { SampleLetter, sampleTrail, sampleTree } from "./sample.tsx";

const nothing = (): undefined => undefined;

/** One story: a name for the address, and what it draws. `isScreen` = it fills the window. */
export type Story = { readonly id: string; readonly title: string; readonly isScreen?: boolean; readonly draw: () => ReactElement };

const Part = ({ title, children, width }: { readonly title: string; readonly children: ReactNode; readonly width?: number }): ReactElement => (
  <section style={{ margin: "0 0 28px", maxWidth: width }}>
    <h2 style={{ fontSize: 12, color: "var(--ink-2)", margin: "0 0 8px" }}>{title}</h2>
    {children}
  </section>
);

const Row = ({ children }: { readonly children: ReactNode }): ReactElement => <div style={{ display: "flex", flexWrap: "wrap", gap: 10, alignItems: "center", marginBottom: 10 }}>{children}</div>;

type Item = Pick<QueueRowProps, "act" | "from" | "title" | "deadline"> & Partial<QueueRowProps> & { readonly id: string };
const disposisi = { label: "Disposisi", icon: "disposition" } as const;
const paraf = { label: "Paraf", icon: "paraf" } as const;
const sign = { label: "Tanda tangan", icon: "pen" } as const;
const report = { label: "Terima laporan", icon: "report" } as const;
const late: readonly Item[] = [
  { id: "a", act: disposisi, from: "Otorita IKN", title: "Permohonan data aset desa dalam delineasi IKN", detail: "Segera", deadline: { tone: "late", part: 1, words: "lewat 1 jam" }, isCurrent: true },
  { id: "b", act: sign, from: "Inspektur", title: "Surat Tugas audit dana desa, tim berangkat 10.00", detail: "Amat segera", deadline: { tone: "late", part: 1, words: "lewat 42 menit" }, isUnread: true },
  { id: "c", act: paraf, from: "Kabag Hukum", title: "Rancangan Perbup Tata Naskah Dinas Elektronik, versi 3", detail: "paraf 4 dari 5", deadline: { tone: "late", part: 1, words: "lewat 30 menit" } },
  { id: "d", act: report, from: "Kepala Dinas PUPR", title: "Jalan Silkar–Riko: 2,4 dari 3 km selesai", detail: "laporan ke-2", deadline: { tone: "late", part: 1, words: "lewat 12 menit" } },
];
const today: readonly Item[] = [
  { id: "e", act: report, from: "Kepala Pelaksana BPBD", title: "Kesiapsiagaan banjir: 5 posko, 64 personel", detail: "Amat segera", deadline: { tone: "soon", part: 0.72, words: "12.00" } },
  { id: "f", act: sign, from: "Kepala Diskominfo", title: "Surat Tugas bimtek TTE, 000.1.2.3/0045/DISKOMINFO/2026", detail: "a.n. Bupati", deadline: { tone: "ok", part: 0.5, words: "14.00" } },
  { id: "g", act: paraf, from: "Kabag Umum", title: "Surat Edaran Upacara HUT ke-55 KORPRI, 29 November 2026", detail: "paraf 2 dari 3", deadline: { tone: "ok", part: 0.44, words: "15.00" } },
  { id: "h", act: paraf, from: "Kepala BKAD", title: "Nota dinas usul jadwal rekonsiliasi aset triwulan IV", detail: "paraf 3 dari 3", deadline: { tone: "ok", part: 0.44, words: "15.00" } },
  { id: "i", act: paraf, from: "Kabag Organisasi", title: "Surat ke Kemenpan RB: laporan evaluasi SPBE 2026", detail: "paraf 3 dari 4", deadline: { tone: "ok", part: 0.36, words: "16.00" } },
  { id: "j", act: disposisi, from: "Inspektorat", title: "Sampul tertutup, hanya Anda yang dapat membukanya.", detail: "Segera", deadline: { tone: "ok", part: 0.35, words: "16.00" }, isSecret: true },
];

const counters = [
  { id: "all", label: "Semua", count: 42 },
  { id: "late", label: "Lewat batas", count: 4, isLate: true },
  { id: "disposisi", label: "Disposisi", count: 14 },
  { id: "paraf", label: "Paraf", count: 9 },
  { id: "ttd", label: "Tanda tangan", count: 11 },
  { id: "laporan", label: "Laporan", count: 8 },
];

const place = (href: string, label: string, icon: Place["icon"], more: Partial<Place> = {}): Place => ({ href, label, icon, isCurrent: false, ...more });
const places: readonly Place[] = [
  place("/meja", "Meja", "desk", { count: 42, isCurrent: true, isTab: true }),
  place("/surat-masuk", "Surat Masuk", "mail", { count: 6, isTab: true, shortLabel: "Masuk" }),
  place("/naskah", "Naskah Keluar", "draft"),
  place("/disposisi", "Disposisi", "disposition", { count: 23, isTab: true }),
  place("/arsip", "Arsip", "archive"),
  place("/laporan", "Laporan", "chart"),
  place("/pengaturan", "Pengaturan", "settings", { isLast: true }),
];

const Frame = (props: Partial<AppShellProps> & { readonly children: ReactNode }): ReactElement => (
  <AppShell
    tenant="Kab. Penajam Paser Utara"
    places={places}
    posts={[{ id: "1", title: "Sekretaris Daerah", unit: "Setda", holding: "definitif", basis: null, waiting: 42 }, { id: "2", title: "Kepala Dinas Kominfo", unit: "Diskominfo", holding: "plh", basis: "SPT 800.1.11.1/1187/SETDA/2026", waiting: 5 }]}
    actingId="1"
    onSwitchPost={nothing}
    person={{ name: "H. Syamsul Rijal", note: "TTE aktif s.d. 14 Mar 2028" }}
    userMenu={[{ kind: "act", label: "Keluar", icon: "signOut", run: nothing }]}
    clock="Selasa, 24 November 2026 09.12 WITA"
    connection="online"
    onRetry={nothing}
    onSearch={nothing}
    onHelp={nothing}
    onCreate={nothing}
    {...props}
  />
);

const Desk = ({ selecting, running = false }: { readonly selecting: boolean; readonly running?: boolean }): ReactElement => {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set(selecting ? ["g", "h", "i"] : []));
  const [filter, setFilter] = useState("all");
  const row = (item: Item): ReactElement => (
    <QueueRow
      key={item.id}
      href={`#${item.id}`}
      swipe={{ label: item.act.label, icon: item.act.icon, run: nothing }}
      {...item}
      isSelected={chosen.has(item.id)}
      onSelect={(isSelected) => setChosen(isSelected ? new Set([...chosen, item.id]) : new Set([...chosen].filter((id) => id !== item.id)))}
    />
  );
  return (
    <Frame>
      <div className="deskStory">
        <div style={{ position: "relative", display: "grid", gridTemplateRows: "auto auto minmax(0,1fr) auto", minHeight: 0, borderRight: "1px solid var(--line)", background: "var(--paper)" }}>
          <header style={{ display: "flex", alignItems: "center", gap: 12, padding: "16px 20px 10px" }}>
            <h1>Meja</h1>
            <p style={{ color: "var(--ink-2)", fontSize: 13, flex: 1, paddingTop: 5 }}>42 menunggu Anda, 17 selesai pagi ini</p>
            <span className="wideOnly"><WorkThrough lateCount={4} onStart={nothing} /></span>
          </header>
          <FilterCounters label="Saring" counters={counters} chosen={filter} onChoose={setFilter} />
          <div style={{ overflow: "auto" }}>
            <QueueGroup title="Lewat batas" count={4} isLate>{late.map(row)}</QueueGroup>
            <QueueGroup title="Hari ini" count={11}>{today.map(row)}</QueueGroup>
          </div>
          <KeyHints hints={[{ keys: ["j", "k"], says: "pindah" }, { keys: ["enter"], says: "buka" }, { keys: ["d"], says: "disposisi" }, { keys: ["p"], says: "paraf" }, { keys: ["s"], says: "tanda tangan" }, { keys: ["x"], says: "pilih" }, { keys: ["?"], says: "semua" }]} />
          <div style={{ position: "absolute", left: 16, right: 16, bottom: 50 }}>
            {running ? (
              <SelectionBar phase="running" title="Paraf" onStop={nothing} onClose={nothing} results={[{ id: "g", label: "Surat Edaran Upacara HUT ke-55 KORPRI", state: "done" }, { id: "h", label: "Nota dinas usul jadwal rekonsiliasi aset", state: "held", reason: "Naskah berubah sejak Anda membukanya. Baca versi terakhir, baru beri paraf." }, { id: "i", label: "Surat ke Kemenpan RB", state: "running" }, { id: "k", label: "Daftar peserta", state: "waiting" }]} />
            ) : chosen.size > 0 ? (
              <SelectionBar phase="choosing" count={chosen.size} note="Semuanya menunggu paraf Anda" act={{ label: "Paraf ketiganya", icon: "paraf", key: "P", run: nothing }} other={{ label: "Tunda", run: nothing }} onClear={() => setChosen(new Set())} />
            ) : (
              <span className="phoneOnly"><WorkThrough lateCount={4} onStart={nothing} isFloating /></span>
            )}
          </div>
        </div>
        <div className="wideOnly" style={{ minHeight: 0 }}>
          <ReadingPane label="Pratinjau surat" deadline={{ tone: "late", part: 1, words: "Disposisi Anda lewat 1 jam 12 menit" }} position={{ index: 1, total: 42 }} title="Permohonan data aset desa dalam delineasi Ibu Kota Nusantara" href="#buka" from="Otorita Ibu Kota Nusantara" facts={["B-0412/PL.02/OIKN/XI/2026", "Jumat, 20 November 2026", "Agenda 2431"]} content={{ state: "shown", preview: <><SampleLetter /><PagePill>Halaman 1 dari 2, lampiran 1 berkas</PagePill></> }}>
            <ActBar
              main={{ label: "Disposisikan", icon: "disposition", key: "D", run: nothing }}
              other={{ label: "Tunda", run: nothing }}
              more={[{ kind: "act", label: "Kembalikan ke TU", icon: "undo", run: nothing }]}
              suggestion={{ faces: [{ name: "Muhammad Yusran", kind: "person" }, { name: "Sulaiman Lubis", kind: "acting" }, { name: "Rini Anggraini", kind: "person" }], sentence: <><b>Kepala DPMD</b>, dibantu Plh. Camat Sepaku dan Kabag Tapem, sampai Kamis 26 November 16.00</>, onChange: nothing, changeLabel: "Ubah" }}
            />
          </ReadingPane>
        </div>
      </div>
    </Frame>
  );
};

const marks = [
  { id: "nomor", page: 1, x: 0.236, y: 0.202, w: 0.3, h: 0.018, n: 2, label: "Nomor surat" },
  { id: "sifat", page: 1, x: 0.236, y: 0.225, w: 0.09, h: 0.018, n: 5, tone: "low" as const, label: "Sifat, mohon periksa" },
  { id: "tanggal", page: 1, x: 0.3, y: 0.351, w: 0.27, h: 0.016, tone: "fact" as const, label: "Tanggal acara" },
];

const LetterPage = (): ReactElement => {
  const [tab, setTab] = useState<"disposisi" | "jejak" | "fakta">("disposisi");
  const [pointed, setPointed] = useState<string | undefined>("tanggal");
  const isPhone = matchMedia("(max-width: 760px)").matches;
  const facts = (
    <FactGrid facts={[{ label: "Nomor", value: "300.2.3/1187/BPBD-II/2026", isWide: true }, { label: "Tanggal surat", value: "18 Nov 2026" }, { label: "Diminta sampai", value: "Kam, 26 Nov", source: { onPoint: () => setPointed("tanggal"), hint: "Terbaca di halaman 1" } }, { label: "Berkas", value: "2 lampiran", href: "#berkas" }]} />
  );
  const tree = <DispositionTree roots={isPhone ? (sampleTree[0]?.children ?? []) : sampleTree} holders={[{ name: "Anda", isLate: false }, { name: "Kepala Desa Bukit Raya", isLate: true }]} action={<Button kind="link" size="small">Perluas</Button>} isTitled={!isPhone} />;
  const trail = <Jejak entries={sampleTrail} summary="14 catatan, 1 tidak cocok dengan log" onCheck={nothing} isTitled={!isPhone} action={<Button kind="link" size="small">Periksa bukti</Button>} />;
  return (
    <Frame phoneBar={isPhone ? <header style={{ display: "flex", alignItems: "center", minHeight: 52, padding: "0 4px", background: "var(--bg)", borderBottom: "1px solid var(--line)" }}><IconButton label="Kembali ke Meja" icon="back" /><p style={{ flex: 1, textAlign: "center", lineHeight: 1.3 }}><b>BPBD Prov. Kaltim</b><br /><small style={{ color: "var(--ink-2)" }}>Halaman 1 dari 2</small></p><IconButton label="Tindakan lain" icon="more" /></header> : undefined}>
      <div className="letterStory">
        <PageViewer label="Surat BPBD Provinsi Kalimantan Timur 300.2.3/1187/BPBD-II/2026" pages={[{ content: <SampleLetter isFlat /> }, { content: <SampleLetter isFlat /> }]} marks={marks} pointedId={pointed} back={{ label: "Meja", href: "#meja" }} download={{ href: "#unduh", name: "surat.pdf" }} onPrint={nothing} isUnderSheet />
        <BottomSheet label="Rincian surat" grabLabel="Perbesar lembar rincian" foot={<ActBar main={{ label: "Terima laporan BPBD", icon: "check", key: "E", run: nothing }} other={{ label: "Kembalikan", run: nothing }} more={isPhone ? [] : [{ kind: "act", label: "Cetak lembar disposisi", icon: "print", run: nothing }]} sentence="Surat ini selesai untuk Anda. Dua penerima lain tetap berjalan dan Anda tetap diingatkan." />}>
          <header style={{ padding: isPhone ? "0 16px 10px" : "16px 24px 12px" }}>
            {!isPhone && <div style={{ display: "flex", gap: 6, flexWrap: "wrap", marginBottom: 8 }}><Chip tone="late">Amat segera</Chip><Chip tone="plain">Biasa, terbuka</Chip><Chip tone="plain">300.2.3 Kesiapsiagaan</Chip><Chip tone="plain">Agenda 2417</Chip></div>}
            <h1 style={{ fontSize: isPhone ? 16.5 : 20, textWrap: "balance" }}>Kesiapsiagaan menghadapi banjir dan tanah longsor</h1>
            {!isPhone && <p style={{ color: "var(--ink-2)", fontSize: 13, marginTop: 3 }}>Dari BPBD Provinsi Kalimantan Timur untuk Bupati, u.p. Sekretaris Daerah</p>}
          </header>
          {isPhone ? (
            <>
              <div style={{ padding: "0 16px", position: "sticky", top: 0, zIndex: 6, background: "var(--paper)" }}><Segmented label="Bagian" value={tab} onChange={setTab} options={[{ value: "disposisi", label: "Disposisi" }, { value: "jejak", label: <><Seal size={15} />Jejak</> }, { value: "fakta", label: "Fakta" }]} /></div>
              {tab === "disposisi" ? tree : tab === "jejak" ? trail : <div style={{ padding: "14px 16px" }}>{facts}</div>}
            </>
          ) : (
            <>
              <div style={{ padding: "10px 24px 11px", borderTop: "1px solid var(--line)", borderBottom: "1px solid var(--line)" }}>{facts}</div>
              {tree}
              <div style={{ borderTop: "1px solid var(--line)", marginTop: 10 }}>{trail}</div>
            </>
          )}
        </BottomSheet>
      </div>
    </Frame>
  );
};

const Register = (): ReactElement => {
  const [values, setValues] = useState<Readonly<Record<string, string>>>({ asal: "Dinas Kominfo Provinsi Kalimantan Timur", nomor: "000.1.5/2214/DISKOMINFO-I/2026", tanggal: "2026-11-19", hal: "Undangan Rapat Koordinasi Evaluasi SPBE Tahun 2026", lampiran: "1 berkas", sifat: "Segera", tembusan: "" });
  const change = (name: string) => (value: string) => setValues({ ...values, [name]: value });
  return (
    <div className="registerStory">
      <AgendaPreview number="0119" isTaken={false} book="Undangan · Diskominfo · 2026" received="Selasa, 24 Nov 2026 08.41 WITA" />
      <div style={{ padding: "10px 20px 0" }}><DuplicateCard title="Mungkin sudah tercatat: agenda 0117, kemarin 10.12" reason="Nomor, pengirim, dan isi halaman 1 sama. Yang kemarin berkas digital dari SRIKANDI; ini tampaknya lembar kertasnya." agenda="0117" href="#" registered="Dicatat Rina Marlina, A.Md., kemarin 10.12." onMerge={nothing} onCompare={nothing} onSeparate={nothing} /></div>
      <div style={{ display: "grid", gridTemplateColumns: "repeat(auto-fit,minmax(230px,1fr))", gap: "7px 16px", padding: "9px 20px 16px" }}>
        <div style={{ gridColumn: "1/-1" }}><CropField number={1} label="Asal surat" value={values["asal"] ?? ""} onChange={change("asal")} source={{ confidence: 0.99, raw: "DINAS KOMUNIKASI DAN INFORMATIKA" }} state="accepted" onPoint={nothing} isRequired /></div>
        <CropField number={2} label="Nomor surat" value={values["nomor"] ?? ""} onChange={change("nomor")} source={{ confidence: 0.97, raw: "000.1.5/2214/DISKOMINFO-I/2026" }} state="proposed" onPoint={nothing} isRequired />
        <CropField number={3} label="Tanggal surat" value={values["tanggal"] ?? ""} onChange={change("tanggal")} source={{ confidence: 0.98, raw: "19 November 2026" }} state="edited" onPoint={nothing} isRequired />
        <div style={{ gridColumn: "1/-1" }}><CropField number={4} label="Hal" value={values["hal"] ?? ""} onChange={change("hal")} source={{ confidence: 0.95, raw: "Undangan Rapat Koordinasi Evaluasi SPBE Tahun 2026" }} state="accepted" /></div>
        <CropField number={5} label="Sifat" value={values["sifat"] ?? ""} onChange={change("sifat")} source={{ confidence: 0.71, raw: "Segera" }} state="proposed" onAccept={nothing} onPoint={nothing} />
        <CropField number={6} label="Lampiran" value={values["lampiran"] ?? ""} onChange={change("lampiran")} source={{ confidence: 0.92, raw: "1 (satu) berkas" }} state="accepted" />
        <CropField number={7} label="Tembusan" value={values["tembusan"] ?? ""} onChange={change("tembusan")} source={null} state="proposed" isRequired error="wajib diisi" />
      </div>
      <AgendaPreview number="0118" isTaken book="Undangan · Diskominfo · 2026" received="Selasa, 24 Nov 2026 08.39 WITA" />
      <ScanStrip
        done={3}
        total={12}
        currentId="4"
        onOpen={nothing}
        scans={[{ id: "3", label: "Setda Kaltim", state: { kind: "done", agenda: "0118" } }, { id: "4", label: "Kominfo Kaltim", state: { kind: "open" } }, { id: "5", label: "Bappelitbang PPU", state: { kind: "ready" } }, { id: "7", label: "Desa Bukit Raya", state: { kind: "doubtful", count: 2 } }, { id: "8", label: "2 halaman", state: { kind: "reading" } }, { id: "9", label: "1 halaman", state: { kind: "failed" } }]}
      />
    </div>
  );
};

const signing = (more: Partial<SignDialogProps>): SignDialogProps => ({
  isOpen: true,
  onClose: nothing,
  subject: "Uji Coba E-Office Desa di Kecamatan Sepaku",
  document: <SampleLetter isMarked />,
  thumbnail: <SampleLetter isFlat />,
  pages: 1,
  frozen: { time: "14.32", version: 3, fingerprint: "9F3A 61C0 … C21E", isChanged: false },
  changes: { title: "Berubah sejak Anda baca versi 2, tadi 10.15", lines: [<><del>Kamis, 26</del> <ins>Senin, 30</ins> November 2026</>, <>Kalimat beban anggaran <del>DPA 2027</del> dihapus</>, <>Tembusan bertambah: <ins>Inspektur Daerah</ins></>] },
  authority: { person: "Suriansyah, S.Sos., M.AP.", avatar: "acting", title: "selaku Plh. Kepala Dinas Komunikasi dan Informatika", basis: <>berdasarkan SPT Nomor 800.1.11.1/1187/SETDA/2026 tanggal 20 November 2026, berlaku 23 s.d. 27 November</>, scope: { kind: "inside", sentence: "Surat ini termasuk kewenangan Plh." } },
  consequence: <>Surat <b>500.12.6.4/0061/DISKOMINFO/2026</b> akan ditandatangani atas nama <b>Suriansyah, S.Sos., M.AP.</b> selaku Plh. Kepala Dinas, lalu langsung dikirim kepada <b>Camat Sepaku dan 11 kepala desa</b>, tembusan kepada Bupati, Sekda, dan Inspektur.</>,
  afterwards: "Sesudah itu tidak dapat diubah; hanya dapat dicabut dengan surat baru.",
  certificate: "Sertifikat BSrE Anda berlaku sampai 14 Maret 2027.",
  onSign: nothing,
  isSigning: false,
  ...more,
});

/** A PDF of one page, written here so that the viewer has something real to open. */
const samplePdf = (): Uint8Array => {
  const content = "BT /F 22 Tf 72 760 Td (Surat Edaran) Tj 0 -40 Td /F 12 Tf (Uji coba penampil PDF: teks ini dapat dicari dan disalin.) Tj ET";
  const objects = ["<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R 6 0 R]/Count 2>>", "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>", `<</Length ${content.length}>>\nstream\n${content}\nendstream`, "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>", "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>"];
  let text = "%PDF-1.4\n";
  const offsets = objects.map((object, index) => {
    const at = text.length;
    text += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return at;
  });
  const start = text.length;
  text += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${offsets.map((offset) => `${String(offset).padStart(10, "0")} 00000 n \n`).join("")}trailer<</Size ${objects.length + 1}/Root 1 0 R>>\nstartxref\n${start}\n%%EOF`;
  return new TextEncoder().encode(text);
};
const pdf = samplePdf();

/** Every component in every state. */
export const stories: readonly Story[] = [
  { id: "meja", title: "Meja", isScreen: true, draw: () => <Desk selecting={false} /> },
  { id: "meja-pilih", title: "Meja, memilih", isScreen: true, draw: () => <Desk selecting /> },
  { id: "meja-massal", title: "Meja, berjalan", isScreen: true, draw: () => <Desk selecting running /> },
  { id: "surat", title: "Surat", isScreen: true, draw: () => <LetterPage /> },
  { id: "daftar", title: "Pendaftaran", draw: () => <Register /> },
  { id: "tandatangan", title: "Tanda tangan", isScreen: true, draw: () => <SignDialog {...signing({})} /> },
  { id: "tandatangan-ditolak", title: "Tanda tangan ditolak", isScreen: true, draw: () => <SignDialog {...signing({ refusal: "Frasa sandi salah. Nomor surat tetap milik naskah ini dan tidak ada yang hilang; masukkan lagi frasa sandi Anda.", changes: undefined, authority: { ...signing({}).authority, scope: { kind: "expires", sentence: "Masa Plh. berakhir hari ini pukul 16.00." } } })} /> },
  { id: "tandatangan-berubah", title: "Tanda tangan, berkas berubah", isScreen: true, draw: () => <SignDialog {...signing({ frozen: { time: "14.32", version: 3, fingerprint: "9F3A 61C0 … C21E", isChanged: true }, authority: { ...signing({}).authority, scope: { kind: "outside", sentence: "Plh. tidak menetapkan alokasi anggaran (UU 30/2014 Pasal 14 ayat (7))." } } })} /> },
  {
    id: "verdict",
    title: "Putusan",
    draw: () => (
      <div style={{ display: "grid", gap: 48, maxWidth: 720 }}>
        <Verdict kind="valid" sentence="Surat ini terdaftar asli, utuh, masih berlaku, dan ditandatangani pejabat yang berwenang. Cocokkan isinya dengan surat di tangan Anda." answers={[{ aspect: "integrity", answer: "yes", short: "Ya, utuh.", sentence: "Tidak ada satu huruf pun yang berubah sejak ditandatangani." }, { aspect: "identity", answer: "yes", short: "Ya, Suriansyah, S.Sos., M.AP.", sentence: "Dengan sertifikat elektronik pribadinya." }, { aspect: "authority", answer: "yes", short: "Ya, selaku Plh. Kepala Dinas Kominfo.", sentence: "Ditugaskan Sekretaris Daerah untuk 23 s.d. 27 November 2026." }]} checked="Diperiksa Selasa, 24 November 2026 19.42 WITA. Kode surat 7F3K-Q92M." />
        <Verdict kind="invalid" sentence="Berkas ini diubah setelah ditandatangani. Jangan dipakai dan jangan dibayar." subject="Undangan_Diskominfo_0061.pdf, 214 KB, diperiksa di peramban ini" answers={[{ aspect: "integrity", answer: "no", short: "Tidak.", sentence: "Satu kalimat di halaman 1 diganti sesudah tanda tangan." }, { aspect: "identity", answer: "partly", short: "Hanya untuk isi yang asli.", sentence: "Suriansyah tidak pernah menandatangani isi berkas ini." }, { aspect: "authority", answer: "unknown", short: "Tidak dapat dijawab.", sentence: "Isinya bukan yang ditandatangani." }]} />
        <Verdict kind="revoked" sentence="Surat ini dicabut 25 November 2026 dan diganti surat lain." answers={[]} />
        <Verdict kind="expired" sentence="Surat ini asli, tetapi masa berlakunya habis." answers={[]} />
        <Verdict kind="missing" sentence="Kami tidak mengenal kode ini." answers={[]} />
        <Verdict kind="limited" sentence="Surat ini asli; isinya hanya untuk yang berhak." answers={[]} />
      </div>
    ),
  },
  {
    id: "rantai",
    title: "Rantai paraf",
    draw: () => (
      <Part title="ParafChain" width={332}>
        <ParafChain
          steps={[
            { id: "1", person: "Andi Prasetyo, S.Kom.", role: "Penyusun", kind: "drafter", state: "now", version: 3, words: "Sedang memperbaiki sejak 13.20" },
            { id: "2", person: "Bambang Setiawan, S.T.", role: "Ketua Tim Layanan E-Gov", kind: "paraf", state: "approved", version: 2, words: "Paraf hari ini 09.48." },
            { id: "3", person: "Rina Wulandari, S.T., M.T.", role: "Kabid Aplikasi Informatika", kind: "paraf", state: "returned", version: 2, words: "Mengembalikan hari ini 11.40", note: "Pak Camat rapat di Penajam, mundurkan ke Senin." },
            { id: "4", person: "M. Fadli, S.H., M.H.", role: "Kabag Hukum, paraf koordinasi", kind: "paraf", state: "waiting" },
            { id: "5", person: "Dra. Siti Aminah", role: "Asisten Pemerintahan", kind: "paraf", state: "void", words: "Dilewati: jabatan diganti 20 November." },
            { id: "6", person: "Suriansyah, S.Sos., M.AP.", role: "Penanda tangan, Plh. Kepala Dinas", kind: "signature", state: "waiting" },
          ]}
        />
      </Part>
    ),
  },
  { id: "pdf", title: "Penampil PDF", isScreen: true, draw: () => <div style={{ height: "100dvh" }}><PdfViewer source={pdf} label="Surat Edaran" back={{ label: "Meja", href: "#meja" }} download={{ href: "#unduh", name: "edaran.pdf" }} /></div> },
  {
    id: "halaman",
    title: "Halaman baca",
    isScreen: true,
    draw: () => (
      <div style={{ display: "grid", gridTemplateColumns: "repeat(auto-fit,minmax(320px,1fr))", height: "100dvh", gridAutoRows: "720px", overflow: "auto" }}>
        <ReadingPane label="Memuat" title="Undangan peresmian Pasar Desa" href="#" from="Pemerintah Desa Bukit Raya" facts={["140/12/DS-BR/2026"]} content={{ state: "loading" }} />
        <ReadingPane label="Rahasia" title="Surat rahasia" href="#" from="Inspektorat" facts={["R-12/INSP/2026"]} content={{ state: "secret", onOpen: nothing }} deadline={{ tone: "soon", part: 0.8, words: "12.00" }} />
        <ReadingPane label="Tidak berhak" title="Surat terbatas" href="#" from="BKPSDM" facts={[]} content={{ state: "forbidden" }}><ActBar sentence="Jabatan ini tidak dapat bertindak atas surat ini. Minta Sekretaris Daerah." isBlocked /></ReadingPane>
      </div>
    ),
  },
  {
    id: "kecil",
    title: "Bagian kecil",
    draw: () => (
      <>
        <Part title="Button"><Row><Button kind="primary" icon="disposition" keys={["D"]}>Disposisikan</Button><Button>Tunda</Button><Button kind="tonal">Terima</Button><Button kind="quiet">Ubah</Button><Button kind="link">Perluas</Button><Button kind="amber">Gabungkan</Button><Button kind="danger">Cabut surat</Button><Button kind="primary" isBusy>Mengirim…</Button><Button disabled>Tidak dapat</Button><IconButton label="Cari" icon="search" kind="plain" /><Kbd>Ctrl</Kbd><Spinner /></Row></Part>
        <Part title="Chip"><Row><Chip>Terkirim</Chip><Chip tone="plain">Agenda 2417</Chip><Chip tone="late">Amat segera</Chip><Chip tone="soon">Segera</Chip><Chip tone="secret" icon="lock">Rahasia</Chip><Chip tone="gold">Terbukti</Chip><Chip tone="acting">Plh.</Chip></Row></Part>
        <Part title="PostAvatar, DeadlineRing, Seal, SavedState, Confidence">
          <Row><PostAvatar name="Drs. H. Syamsul Rijal, M.Si." kind="you" /><PostAvatar name="H. Marjani, S.T." /><PostAvatar name="Sulaiman, S.IP." kind="acting" /><PostAvatar name="Kosong" kind="vacant" /><PostAvatar name="Lontar" kind="system" /><PostAvatar name="Rina Wulandari" isSmall /></Row>
          <Row><DeadlineRing deadline={{ tone: "ok", part: 0.3, words: "16.00" }} /><DeadlineRing deadline={{ tone: "soon", part: 0.8, words: "12.00" }} /><DeadlineRing deadline={{ tone: "late", part: 1, words: "lewat 42 menit" }} /><DeadlineRing deadline={{ tone: "done", part: 1, words: "selesai" }} /></Row>
          <Row>{(["recorded", "proved", "checking", "waiting", "mismatch"] as const).map((state) => <span key={state} style={{ display: "inline-flex", gap: 6, alignItems: "center" }}><Seal state={state} size={24} />{state}</span>)}<Logo /></Row>
          <Row><SavedState saved={{ state: "saving" }} /><SavedState saved={{ state: "saved", time: "14.05" }} /><SavedState saved={{ state: "device", time: "14.05" }} /><SavedState saved={{ state: "lost" }} /><SavedState saved={{ state: "conflict", onCompare: nothing }} /></Row>
          <Row><Confidence value={0.99} /><Confidence value={0.87} /><Confidence value={0.71} /><Confidence value={0.2} /></Row>
        </Part>
        <Part title="FactLines" width={640}><FactLines facts={[{ label: "Nomor", value: "500.12.6.4/0061/DISKOMINFO/2026" }, { label: "Penanda tangan", value: "Suriansyah, S.Sos., M.AP.", note: "Plh. Kepala Dinas pada 24 November 2026" }, { label: "Dasar kewenangan", value: "SPT Nomor 800.1.11.1/1187/SETDA/2026", href: "#spt" }, { label: "Lampiran", value: null }]} /></Part>
        <Part title="Icon"><Row>{iconNames.map((name) => <span key={name} title={name}><Icon name={name} /></span>)}</Row></Part>
      </>
    ),
  },
  {
    id: "kosong",
    title: "Kosong dan galat",
    draw: () => (
      <div style={{ display: "grid", gridTemplateColumns: "repeat(auto-fit,minmax(300px,1fr))" }}>
        <EmptyState drawing="desk" title="Meja Anda bersih" acts={<Button>Lihat yang selesai hari ini</Button>}>Tidak ada yang menunggu Sekretaris Daerah. Yang baru muncul di sini dengan sendirinya.</EmptyState>
        <EmptyState drawing="scan" title="Belum ada surat masuk hari ini" acts={<Button kind="primary" icon="upload">Unggah pindaian</Button>}>Letakkan berkas PDF di sini, atau foto suratnya dengan ponsel.</EmptyState>
        <EmptyState drawing="letter" title="Belum ada naskah">Mulai dari jenis naskah, isi, lalu ajukan.</EmptyState>
        <EmptyState drawing="tree" title="Belum ada disposisi" />
        <EmptyState drawing="search" title="Tidak ada yang cocok">Coba nomor surat atau nama pengirim.</EmptyState>
        <ErrorState title="Sertifikat Anda kedaluwarsa 3 hari lagi" sentence="Perpanjang sebelum 27 November supaya surat tetap dapat ditandatangani." person={{ name: "Galih Prakoso, S.Kom.", post: "Admin sertifikat, Diskominfo", contact: { label: "(0542) 7200 145", href: "tel:+625427200145" } }} acts={<Button kind="primary">Perpanjang</Button>} requestId="01a2-77f0" />
        <ErrorState drawing="lost" title="Halaman tidak ditemukan" sentence="Periksa tautannya." />
        <PageLoading />
      </div>
    ),
  },
  { id: "luring", title: "Tanpa jaringan", isScreen: true, draw: () => <Frame connection="offline"><EmptyState drawing="desk" title="Meja Anda bersih" /></Frame> },
  { id: "pintasan", title: "Pintasan", isScreen: true, draw: () => <KeyHelp isOpen onClose={nothing} groups={new Map([["Meja", [{ keys: "j", says: "Berikutnya", group: "Meja", run: nothing }, { keys: "d", says: "Disposisi", group: "Meja", run: nothing }, { keys: "ctrl+enter", says: "Kirim", group: "Meja", run: nothing }]], ["Lontar", [{ keys: "ctrl+k", says: "Cari atau lakukan", group: "Lontar", run: nothing }, { keys: "?", says: "Pintasan", group: "Lontar", run: nothing }]]])} /> },
  { id: "perintah", title: "Ctrl-K", isScreen: true, draw: () => <CommandPalette isOpen onClose={nothing} commands={places.map((each) => ({ id: each.href, group: "Tempat", label: each.label, icon: each.icon, keys: "alt+1", run: nothing }))} found={[]} /> },
  { id: "dialog", title: "Dialog", isScreen: true, draw: () => <Dialog isOpen onClose={nothing} title="Kembalikan laporan" lead="Kepala Pelaksana BPBD akan memperbaikinya." foot={<><Button>Batal</Button><Button kind="primary">Kembalikan</Button></>}><p>Tulis alasannya, supaya yang menerima tahu apa yang harus diperbaiki.</p></Dialog> },
  { id: "pesan", title: "Pesan singkat", isScreen: true, draw: () => <Frame><Notices notices={[{ id: "1", tone: "done", sentence: "Disposisi terkirim ke 3 jabatan.", act: { label: "Urungkan", run: nothing }, stayMs: 1e9 }, { id: "2", tone: "bad", sentence: "Orang lain lebih dulu mengubahnya. Muat ulang, lalu gabungkan perubahan Anda.", stayMs: 1e9 }]} onDismiss={nothing} /></Frame> },
];
