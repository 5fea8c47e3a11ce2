package io.snowball.segmentation.segment;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A segment as it is stored. The version counts edits, not changes of membership. */
record Segment(
        UUID id,
        SegmentDraft draft,
        long customers,
        int version,
        Instant createdAt,
        Instant updatedAt,
        @Nullable Instant readAt) {}
