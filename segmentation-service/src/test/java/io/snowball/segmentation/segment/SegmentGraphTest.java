package io.snowball.segmentation.segment;

import static org.assertj.core.api.Assertions.assertThat;

import io.snowball.segmentation.rfm.RfmCell;
import io.snowball.segmentation.rule.Rule;
import io.snowball.segmentation.segment.SegmentGraph.Node;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SegmentGraphTest {
    private static final UUID A = new UUID(0, 1);
    private static final UUID B = new UUID(0, 2);
    private static final UUID C = new UUID(0, 3);
    private static final UUID D = new UUID(0, 4);
    private static final Rule EMAIL = new Rule.Contact(Rule.ContactKind.EMAIL);

    /** A names B, B names C; D stands alone. */
    private final SegmentGraph graph = new SegmentGraph(List.of(
            new Node(A, "A", new Rule.Not(new Rule.InSegment(B))),
            new Node(B, "B", new Rule.All(List.of(EMAIL, new Rule.InSegment(C)))),
            new Node(C, "C", new Rule.InRfmCell(List.of(RfmCell.VIP))),
            new Node(D, "D", EMAIL)));

    @Test
    void putsASegmentAfterThoseThatItNames() {
        assertThat(graph.ordered()).extracting(Node::id).containsExactly(C, B, A, D);
    }

    @Test
    void findsWhoDependsOnASegmentDirectlyOrNot() {
        assertThat(graph.withDependents(Set.of(B))).extracting(Node::id).containsExactly(B, A);
    }

    @Test
    void letsTheClockMoveASegmentThroughTheOneItNames() {
        assertThat(graph.followingTheClock()).extracting(Node::id).containsExactly(C, B, A);
    }

    @Test
    void seesACircleBeforeItIsMade() {
        assertThat(graph.wouldCircle(C, new Rule.InSegment(A))).isTrue();
        assertThat(graph.wouldCircle(C, new Rule.InSegment(C))).isTrue();
        assertThat(graph.wouldCircle(C, new Rule.InSegment(D))).isFalse();
        assertThat(graph.wouldCircle(A, new Rule.InSegment(C))).isFalse();
    }
}
