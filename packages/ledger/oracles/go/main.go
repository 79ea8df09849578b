// Command oracle judges, with the Go project's own transparency-log packages, a log that the TypeScript package wrote;
// and writes notes and proofs for the TypeScript package to judge in turn. It prints its findings as JSON.
//
//	oracle <directory>
package main

import (
	"bytes"
	"crypto/ed25519"
	"crypto/rand"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// A manifest says what the driver put into the directory beside the tiles, and what it claims about them.
type manifest struct {
	LogKey       string        `json:"logKey"`
	WitnessKey   string        `json:"witnessKey"`
	WitnessTime  uint64        `json:"witnessTime"`
	RecordProofs []recordProof `json:"recordProofs"`
	TreeProofs   []treeProof   `json:"treeProofs"`
}

type recordProof struct {
	Index int64       `json:"index"`
	Proof []tlog.Hash `json:"proof"`
}

type treeProof struct {
	Older int64       `json:"older"`
	Root  tlog.Hash   `json:"root"`
	Proof []tlog.Hash `json:"proof"`
}

type finding struct {
	Name   string `json:"name"`
	OK     bool   `json:"ok"`
	Detail string `json:"detail"`
}

// A reply is what the driver judges: the same proofs, made by Go from the same tiles, and a note signed by Go.
type reply struct {
	Findings     []finding     `json:"findings"`
	NoteKey      string        `json:"noteKey"`
	Note         string        `json:"note"`
	RecordProofs []recordProof `json:"recordProofs"`
	TreeProofs   []treeProof   `json:"treeProofs"`
}

func main() {
	log.SetFlags(0)
	if len(os.Args) != 2 {
		log.Fatal("usage: oracle <directory>")
	}
	dir := os.Args[1]
	var m manifest
	check(json.Unmarshal(read(dir, "manifest.json"), &m))

	var r reply
	judge := func(name string, f func() (string, error)) {
		detail, err := f()
		if err != nil {
			detail = err.Error()
		}
		r.Findings = append(r.Findings, finding{name, err == nil, detail})
	}

	var tree tlog.Tree
	judge("note.Open verifies the checkpoint's signature and its cosignature", func() (detail string, err error) {
		tree, err = openCheckpoint(string(read(dir, "checkpoint")), &m)
		return fmt.Sprintf("%d records", tree.N), err
	})
	reader := tlog.TileHashReader(tree, tiles{dir})
	judge("tlog.TileHashReader verifies our tiles, and entry bundles hash to them", func() (string, error) {
		return checkEntries(dir, tree, reader)
	})
	judge("tlog.CheckRecord accepts our inclusion proofs and no damaged one", func() (string, error) {
		return checkRecords(tree, m.RecordProofs, reader)
	})
	judge("tlog.CheckTree accepts our consistency proofs and no damaged one", func() (string, error) {
		return checkTrees(tree, m.TreeProofs)
	})
	judge("our .tlog-proof file is what its specification says", func() (string, error) {
		return checkProofFile(string(read(dir, "letter.tlog-proof")), read(dir, "letter.leaf"), &m)
	})
	judge("a flipped bit in a tile on the way is noticed", func() (string, error) {
		return checkDamage(dir, tree)
	})

	answer(&r, &m, tree, reader)
	check(json.NewEncoder(os.Stdout).Encode(r))
}

func openCheckpoint(message string, m *manifest) (tlog.Tree, error) {
	logVerifier, err := note.NewVerifier(m.LogKey)
	if err != nil {
		return tlog.Tree{}, err
	}
	witness, err := newCosignatureVerifier(m.WitnessKey)
	if err != nil {
		return tlog.Tree{}, err
	}
	n, err := note.Open([]byte(message), note.VerifierList(logVerifier, witness))
	if err != nil {
		return tlog.Tree{}, err
	}
	if len(n.Sigs) != 2 || len(n.UnverifiedSigs) != 0 {
		return tlog.Tree{}, fmt.Errorf("%d signatures verified, %d not", len(n.Sigs), len(n.UnverifiedSigs))
	}
	if witness.time != m.WitnessTime {
		return tlog.Tree{}, fmt.Errorf("the witness's time reads %d, not %d", witness.time, m.WitnessTime)
	}
	lines := strings.Split(n.Text, "\n")
	if lines[0] != logVerifier.Name() {
		return tlog.Tree{}, fmt.Errorf("origin %q", lines[0])
	}
	// The rest of a checkpoint is Go's own tree note below another first line.
	return tlog.ParseTree([]byte("go.sum database tree\n" + strings.Join(lines[1:], "\n")))
}

// A cosignatureVerifier knows signature type 0x04, written here from c2sp.org/tlog-cosignature since x/mod does not have it.
type cosignatureVerifier struct {
	name string
	hash uint32
	key  ed25519.PublicKey
	time uint64
}

func newCosignatureVerifier(vkey string) (*cosignatureVerifier, error) {
	parts := strings.SplitN(vkey, "+", 3)
	blob, err := base64.StdEncoding.DecodeString(parts[2])
	if err != nil || len(blob) != 33 || blob[0] != 0x04 {
		return nil, fmt.Errorf("not a cosignature key: %s", vkey)
	}
	var hash uint32
	if _, err := fmt.Sscanf(parts[1], "%08x", &hash); err != nil {
		return nil, err
	}
	return &cosignatureVerifier{name: parts[0], hash: hash, key: blob[1:]}, nil
}

func (v *cosignatureVerifier) Name() string    { return v.name }
func (v *cosignatureVerifier) KeyHash() uint32 { return v.hash }
func (v *cosignatureVerifier) Verify(msg, sig []byte) bool {
	if len(sig) != 72 {
		return false
	}
	v.time = binary.BigEndian.Uint64(sig)
	return ed25519.Verify(v.key, fmt.Appendf(nil, "cosignature/v1\ntime %d\n%s", v.time, msg), sig[8:])
}

// tiles reads our files. Go's paths carry the tile height, which tlog-tiles fixes at 8 and leaves out.
type tiles struct{ dir string }

func (t tiles) Height() int                     { return 8 }
func (t tiles) SaveTiles([]tlog.Tile, [][]byte) {}
func (t tiles) ReadTiles(all []tlog.Tile) ([][]byte, error) {
	var contents [][]byte
	for _, tile := range all {
		data, err := os.ReadFile(filepath.Join(t.dir, tilePath(tile)))
		if err != nil {
			return nil, err
		}
		contents = append(contents, data)
	}
	return contents, nil
}

func tilePath(t tlog.Tile) string { return "tile/" + strings.TrimPrefix(t.Path(), "tile/8/") }

// checkEntries recomputes every leaf hash from the entry bundles and compares it with the verified tiles.
func checkEntries(dir string, tree tlog.Tree, reader tlog.HashReader) (string, error) {
	for start := int64(0); start < tree.N; start += 256 {
		width := min(256, tree.N-start)
		path := tilePath(tlog.Tile{H: 8, L: 0, N: start / 256, W: int(width)})
		bundle := read(dir, strings.Replace(path, "tile/0/", "tile/entries/", 1))
		indexes := make([]int64, width)
		for i := range indexes {
			indexes[i] = tlog.StoredHashIndex(0, start+int64(i))
		}
		hashes, err := reader.ReadHashes(indexes)
		if err != nil {
			return "", err
		}
		for i := range indexes {
			if len(bundle) < 2 || len(bundle) < 2+int(binary.BigEndian.Uint16(bundle)) {
				return "", fmt.Errorf("bundle at %d is short", start)
			}
			size := 2 + int(binary.BigEndian.Uint16(bundle))
			if tlog.RecordHash(bundle[2:size]) != hashes[i] {
				return "", fmt.Errorf("record %d does not hash to its leaf", start+int64(i))
			}
			bundle = bundle[size:]
		}
		if len(bundle) != 0 {
			return "", fmt.Errorf("bundle at %d is long", start)
		}
	}
	return fmt.Sprintf("%d records", tree.N), nil
}

func checkRecords(tree tlog.Tree, proofs []recordProof, reader tlog.HashReader) (string, error) {
	for _, p := range proofs {
		leaf, err := reader.ReadHashes([]int64{tlog.StoredHashIndex(0, p.Index)})
		if err != nil {
			return "", err
		}
		if err := tlog.CheckRecord(p.Proof, tree.N, tree.Hash, p.Index, leaf[0]); err != nil {
			return "", fmt.Errorf("record %d: %w", p.Index, err)
		}
		for i := range p.Proof {
			damaged := append(tlog.RecordProof(nil), p.Proof...)
			damaged[i][i] ^= 1
			if tlog.CheckRecord(damaged, tree.N, tree.Hash, p.Index, leaf[0]) == nil {
				return "", fmt.Errorf("record %d: damaged proof accepted", p.Index)
			}
		}
	}
	return fmt.Sprintf("%d proofs", len(proofs)), need(len(proofs))
}

func checkTrees(tree tlog.Tree, proofs []treeProof) (string, error) {
	for _, p := range proofs {
		if err := tlog.CheckTree(p.Proof, tree.N, tree.Hash, p.Older, p.Root); err != nil {
			return "", fmt.Errorf("from %d: %w", p.Older, err)
		}
		for i := range p.Proof {
			damaged := append(tlog.TreeProof(nil), p.Proof...)
			damaged[i][i] ^= 1
			if tlog.CheckTree(damaged, tree.N, tree.Hash, p.Older, p.Root) == nil {
				return "", fmt.Errorf("from %d: damaged proof accepted", p.Older)
			}
		}
	}
	return fmt.Sprintf("%d proofs", len(proofs)), need(len(proofs))
}

func checkProofFile(file string, record []byte, m *manifest) (string, error) {
	head, checkpoint, found := strings.Cut(file, "\n\n")
	lines := strings.Split(head, "\n")
	if !found || len(lines) < 2 || lines[0] != "c2sp.org/tlog-proof@v1" {
		return "", fmt.Errorf("not a tlog-proof")
	}
	var index int64
	if _, err := fmt.Sscanf(lines[1], "index %d", &index); err != nil {
		return "", err
	}
	var proof tlog.RecordProof
	for _, line := range lines[2:] {
		hash, err := tlog.ParseHash(line)
		if err != nil {
			return "", err
		}
		proof = append(proof, hash)
	}
	tree, err := openCheckpoint(checkpoint, m)
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("%d bytes", len(file)), tlog.CheckRecord(proof, tree.N, tree.Hash, index, tlog.RecordHash(record))
}

// checkDamage makes sure that the checks above could have failed.
func checkDamage(dir string, tree tlog.Tree) (string, error) {
	damaged := 0
	for level := 0; level < 2; level++ {
		reader := tlog.TileHashReader(tree, lyingTiles{tiles{dir}, level})
		if _, err := tlog.ProveRecord(tree.N, 0, reader); err == nil {
			return "", fmt.Errorf("a flipped bit at level %d passed", level)
		}
		damaged++
	}
	return fmt.Sprintf("%d tiles", damaged), nil
}

type lyingTiles struct {
	tiles
	level int
}

func (t lyingTiles) ReadTiles(all []tlog.Tile) ([][]byte, error) {
	contents, err := t.tiles.ReadTiles(all)
	for i := range contents {
		if all[i].L == t.level {
			contents[i] = bytes.Clone(contents[i])
			contents[i][0] ^= 1
		}
	}
	return contents, err
}

func answer(r *reply, m *manifest, tree tlog.Tree, reader tlog.HashReader) {
	skey, vkey, err := note.GenerateKey(rand.Reader, "go.example/oracle")
	check(err)
	signer, err := note.NewSigner(skey)
	check(err)
	signed, err := note.Sign(&note.Note{Text: "Ditandatangani oleh Go.\n"}, signer)
	check(err)
	r.NoteKey, r.Note = vkey, string(signed)
	for _, p := range m.RecordProofs {
		proof, err := tlog.ProveRecord(tree.N, p.Index, reader)
		check(err)
		r.RecordProofs = append(r.RecordProofs, recordProof{p.Index, proof})
	}
	for _, p := range m.TreeProofs {
		proof, err := tlog.ProveTree(tree.N, p.Older, reader)
		check(err)
		r.TreeProofs = append(r.TreeProofs, treeProof{p.Older, p.Root, proof})
	}
}

func need(count int) error {
	if count == 0 {
		return fmt.Errorf("nothing was checked")
	}
	return nil
}

func read(dir, name string) []byte {
	data, err := os.ReadFile(filepath.Join(dir, name))
	check(err)
	return data
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
