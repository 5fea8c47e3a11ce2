package io.snowball.segmentation.rfm;

import io.snowball.platform.problem.ProblemType;
import org.jspecify.annotations.Nullable;

enum RfmGridProblem implements ProblemType {
    NAME_TAKEN("rfm-grid-name-taken", "A grid with this name exists", "uq_rfm_grid__name"),
    TOO_MANY("rfm-grid-limit", "There are as many grids as are allowed", null);

    private final String slug;
    private final String title;
    private final @Nullable String constraint;

    RfmGridProblem(String slug, String title, @Nullable String constraint) {
        this.slug = slug;
        this.title = title;
        this.constraint = constraint;
    }

    @Override
    public String slug() {
        return slug;
    }

    @Override
    public int status() {
        return 409;
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
