package io.snowball.segmentation.segment;

import io.snowball.platform.problem.ProblemType;
import org.jspecify.annotations.Nullable;

enum SegmentProblem implements ProblemType {
    NAME_TAKEN("segment-name-taken", 409, "A segment with this name exists", "uq_segment__name"),
    IN_USE("segment-in-use", 409, "Another segment's rule names this segment", null),
    USED("segment-used", 409, "A campaign counts on this segment", null),
    CIRCLE("segment-circle", 409, "The segment would name itself through its rule", null),
    NOT_A_LIST("segment-not-a-list", 409, "The members of this segment follow from its rule", null),
    TOO_MANY("segment-limit", 409, "There are as many segments as are allowed", null);

    private final String slug;
    private final int status;
    private final String title;
    private final @Nullable String constraint;

    SegmentProblem(String slug, int status, String title, @Nullable String constraint) {
        this.slug = slug;
        this.status = status;
        this.title = title;
        this.constraint = constraint;
    }

    @Override
    public String slug() {
        return slug;
    }

    @Override
    public int status() {
        return status;
    }

    @Override
    public String title() {
        return title;
    }

    @Override
    public @Nullable String constraint() {
        return constraint;
    }
}
