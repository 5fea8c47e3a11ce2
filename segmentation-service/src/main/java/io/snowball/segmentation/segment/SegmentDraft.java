package io.snowball.segmentation.segment;

import io.snowball.segmentation.rule.Rule;
import org.jspecify.annotations.Nullable;

/** What a person says about a segment. */
record SegmentDraft(String name, @Nullable String description, Rule rule) {}
