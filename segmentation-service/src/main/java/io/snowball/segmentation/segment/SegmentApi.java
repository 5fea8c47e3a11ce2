package io.snowball.segmentation.segment;

import io.snowball.platform.access.Accessed;
import io.snowball.platform.page.Keyset;
import io.snowball.segmentation.rule.Rule;
import io.snowball.segmentation.rule.RuleCheck;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The wire types of segments. */
final class SegmentApi {
    static final int SAMPLE_MAX = 10;

    // NUL is the one character that PostgreSQL can't keep.
    private static final String NO_NUL = "[^\\x00]*";

    private SegmentApi() {}

    @Schema(name = "SegmentBody")
    record SegmentBody(
            @Schema(examples = "Лояльные в зоне риска", description = "Unique")
            @NotNull
            @Size(min = 1, max = 200)
            @Pattern(regexp = NO_NUL)
            String name,

            @Schema(examples = "Win them back before summer") @Nullable @Size(max = 2000) @Pattern(regexp = NO_NUL)
            String description,

            @Schema(examples = "{\"type\": \"rfmCell\", \"in\": [\"LOYAL_AT_RISK\"]}") @NotNull
            Rule rule) {
        SegmentDraft toDraft() {
            if (!(rule instanceof Rule.Listed)) {
                RuleCheck.check(rule, "/rule");
            }
            return new SegmentDraft(name, description, rule);
        }
    }

    @Schema(name = "Segment")
    record SegmentView(
            @NotNull UUID id,

            @Schema(examples = "Лояльные в зоне риска") @NotNull
            String name,

            @Nullable String description,

            @NotNull Rule rule,

            @Schema(examples = "412", description = "Members now") @NotNull
            long customers,

            @NotNull Instant createdAt,

            @Schema(description = "Last edited; changes of membership do not count") @NotNull
            Instant updatedAt,

            @Schema(description = "When a campaign last asked who is in it, to the hour; absent: never") @Nullable
            Instant usedAt) {
        static SegmentView of(Segment segment) {
            return new SegmentView(
                    segment.id(),
                    segment.draft().name(),
                    segment.draft().description(),
                    segment.draft().rule(),
                    segment.customers(),
                    segment.createdAt(),
                    segment.updatedAt(),
                    segment.readAt());
        }
    }

    @Schema(name = "SegmentPage")
    record SegmentPage(
            @NotNull List<SegmentView> items, @Nullable String nextCursor) {
        static SegmentPage of(Keyset<Segment> page) {
            return new SegmentPage(page.items().stream().map(SegmentView::of).toList(), page.nextCursor());
        }
    }

    @Schema(name = "SegmentPreviewRequest")
    record PreviewSegment(
            @Schema(
                    examples =
                            "{\"type\": \"metric\", \"metric\": \"ORDERS\", \"op\": \"GREATER_OR_EQUAL\", \"value\": 2}")
            @NotNull
            Rule rule,

            @Schema(
                    description =
                            "Of the segment whose rule it is to become: the answer then has the change, and is exact")
            @Nullable
            UUID segmentId,

            @Schema(
                    description =
                            "True: look at every customer, which takes seconds for a rule with windows over millions of facts")
            @Nullable
            Boolean exact) {
        boolean wantsExact() {
            return segmentId != null || Boolean.TRUE.equals(exact) || rule.readsMetricsOnly();
        }
    }

    @Schema(name = "SegmentPreview")
    record SegmentPreview(
            @Schema(examples = "412") @NotNull long count,

            @Schema(description = "Up to ten of them") @NotNull
            List<UUID> sampleCustomerIds,

            @Nullable SegmentChange change,

            @Schema(
                    description =
                            "False where the base is large and only a sample of it was looked at; count is an estimate then")
            @NotNull
            boolean exact,

            @Schema(
                    examples = "390",
                    description =
                            "Where exact is false: the count lies between countFrom and countTo in 95 of 100 cases (Wilson)")
            @Nullable
            Long countFrom,

            @Schema(examples = "436") @Nullable Long countTo)
            implements Accessed {
        @Override
        public List<UUID> whoseData() {
            return sampleCustomerIds;
        }
    }

    @Schema(name = "SegmentChange", description = "What the rule would change if the segment were saved with it now")
    record SegmentChange(
            @Schema(examples = "37", description = "Customers that would enter") @NotNull
            long entering,

            @Schema(examples = "5", description = "Customers that would leave") @NotNull
            long leaving,

            @Schema(description = "Up to ten of them") @NotNull
            List<UUID> sampleEnteringIds,

            @Schema(description = "Up to ten of them") @NotNull
            List<UUID> sampleLeavingIds) {}

    @Schema(name = "SegmentMemberChange")
    record ChangeMembers(
            @Schema(description = "Customers to put on the list; who is on it stays") @Nullable @Size(max = 1000)
            List<@NotNull UUID> add,

            @Schema(description = "Customers to take off the list; who is not on it stays off")
            @Nullable
            @Size(max = 1000)
            List<@NotNull UUID> remove) {}

    @Schema(name = "SegmentMemberChangeResult")
    record MembersChanged(
            @Schema(examples = "412", description = "On the list now") @NotNull
            long customers,

            @Schema(description = "Those to add that no customer is known by here; they were left out") @NotNull
            List<UUID> unknownIds) {}

    @Schema(name = "SegmentSnapshotRequest")
    record CreateSnapshot(
            @Schema(examples = "Лояльные в зоне риска, 1 июня", description = "Of the new segment; unique")
            @NotNull
            @Size(min = 1, max = 200)
            @Pattern(regexp = NO_NUL)
            String name,

            @Nullable @Size(max = 2000) @Pattern(regexp = NO_NUL)
            String description) {}

    @Schema(name = "SegmentMembers")
    record SegmentMembers(
            @Schema(description = "In id order") @NotNull List<UUID> items,

            @Schema(description = "Pass it as after; absent on the last page") @Nullable
            UUID nextAfter)
            implements Accessed {
        @Override
        public List<UUID> whoseData() {
            return items;
        }

        /** @param found one more than the limit where there is a next page */
        static SegmentMembers of(List<UUID> found, int limit) {
            if (found.size() <= limit) {
                return new SegmentMembers(found, null);
            }
            List<UUID> items = found.subList(0, limit);
            return new SegmentMembers(items, items.getLast());
        }
    }
}
