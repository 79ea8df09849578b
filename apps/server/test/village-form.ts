/** A resident's form as the counter fills it; the person is invented. */
export const villageForm = {
  nama: "Sri Wahyuni Lestari", nik: "6409015405920001", kk: "6409010101100002", tempatLahir: "Penajam", tanggalLahir: "1992-05-14", jenisKelamin: "Perempuan", agama: "Islam", statusPerkawinan: "Kawin",
  pekerjaan: "Pedagang", kewarganegaraan: "Indonesia", alamat: "Jalan Negara RT 04, Desa Bukit Raya, Kecamatan Sepaku", sejak: "2018-03-01", pengantar: null, keperluan: "pembukaan rekening bank", berlakuSampai: "2026-12-24",
} as const;
