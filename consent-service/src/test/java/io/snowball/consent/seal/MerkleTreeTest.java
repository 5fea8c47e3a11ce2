package io.snowball.consent.seal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The tree of RFC 6962, by the roots that Certificate Transparency's own tests give for these eight leaves. */
class MerkleTreeTest {
    private static final List<String> LEAVES =
            List.of("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f");

    @ParameterizedTest
    @CsvSource({
        "0, e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "1, 6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "2, fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "3, aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "8, 5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"
    })
    void hasTheRootsThatEverybodyElseHas(int leaves, String root) {
        List<byte[]> nodes = LEAVES.subList(0, leaves).stream()
                .map(leaf -> MerkleTree.leaf(HexFormat.of().parseHex(leaf)))
                .toList();
        assertThat(HexFormat.of().formatHex(MerkleTree.root(nodes))).isEqualTo(root);
    }

    @Test
    void everyLeafHasAPathToTheRootAndNoOtherLeafHasIt() {
        for (int size = 1; size <= 70; size++) {
            List<byte[]> nodes = nodes(size);
            byte[] root = MerkleTree.root(nodes);
            for (int index = 0; index < size; index++) {
                List<MerkleTree.Step> path = MerkleTree.path(index, nodes);
                assertThat(MerkleTree.rootFrom(nodes.get(index), path)).isEqualTo(root);
                assertThat(MerkleTree.rootFrom(MerkleTree.leaf(new byte[] {1}), path))
                        .isNotEqualTo(root);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 1023, 1024, 1025, 2048, 3000, 5 * 1024 + 7})
    void theTreeOfChunksIsTheTreeOfLeaves(int size) {
        List<byte[]> nodes = nodes(size);
        List<byte[]> roots = new ArrayList<>();
        for (int from = 0; from < size; from += MerkleTree.CHUNK) {
            roots.add(MerkleTree.root(nodes.subList(from, Math.min(size, from + MerkleTree.CHUNK))));
        }
        assertThat(MerkleTree.root(roots)).isEqualTo(MerkleTree.root(nodes));
    }

    private static List<byte[]> nodes(int size) {
        List<byte[]> nodes = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            nodes.add(MerkleTree.leaf(Integer.toString(i).getBytes(StandardCharsets.US_ASCII)));
        }
        return nodes;
    }
}
