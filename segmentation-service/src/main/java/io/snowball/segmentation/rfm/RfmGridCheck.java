package io.snowball.segmentation.rfm;

import io.snowball.platform.problem.Problem;
import io.snowball.platform.problem.ProblemException;
import io.snowball.segmentation.rfm.RfmGridApi.RfmGridBody;
import io.snowball.segmentation.rfm.RfmGridApi.RfmGridCell;
import io.snowball.segmentation.rfm.RfmGridApi.RfmMethod;
import io.snowball.segmentation.rfm.RfmGridApi.RfmScores;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the annotations of a grid's body can't say. */
final class RfmGridCheck {
    static final String OTHERS = "OTHERS";

    private final RfmGridBody grid;
    private final List<Problem.FieldError> errors = new ArrayList<>();

    private RfmGridCheck(RfmGridBody grid) {
        this.grid = grid;
    }

    static void check(RfmGridBody grid) {
        RfmGridCheck check = new RfmGridCheck(grid);
        check.bounds();
        check.cells();
        if (!check.errors.isEmpty()) {
            throw ProblemException.invalidFields(check.errors);
        }
    }

    private void bounds() {
        boolean quantiles = grid.method() == RfmMethod.QUANTILES;
        given(grid.bands(), quantiles, "/bands");
        given(grid.recencyDays(), !quantiles, "/recencyDays");
        given(grid.orders(), !quantiles, "/orders");
        given(grid.revenue(), !quantiles, "/revenue");
        ascending(grid.recencyDays(), "/recencyDays");
        ascending(grid.orders(), "/orders");
        ascending(grid.revenue(), "/revenue");
    }

    private void given(@Nullable Object value, boolean wanted, String pointer) {
        if ((value != null) != wanted) {
            error(
                    pointer,
                    wanted ? "required" : "unexpected",
                    (wanted ? "is needed" : "must be absent") + " with this method");
        }
    }

    private <T extends Comparable<T>> void ascending(@Nullable List<T> bounds, String pointer) {
        for (int i = 1; bounds != null && i < bounds.size(); i++) {
            if (bounds.get(i).compareTo(bounds.get(i - 1)) <= 0) {
                error(pointer + "/" + i, "out-of-order", "must be greater than the one before it");
            }
        }
    }

    private void cells() {
        Set<String> codes = new HashSet<>(Set.of(OTHERS));
        for (int i = 0; i < grid.cells().size(); i++) {
            RfmGridCell cell = grid.cells().get(i);
            String pointer = "/cells/" + i;
            if (!codes.add(cell.code())) {
                error(pointer + "/code", "taken", "must be unique in the grid, and not OTHERS");
            }
            scores(cell.recency(), grid.scores(grid.recencyDays()), pointer + "/recency");
            scores(cell.frequency(), grid.scores(grid.orders()), pointer + "/frequency");
            scores(cell.monetary(), grid.scores(grid.revenue()), pointer + "/monetary");
        }
    }

    private void scores(RfmScores range, int highest, String pointer) {
        if (range.from() > range.to() || range.to() > highest) {
            error(pointer, "range", "must go up, and not beyond the highest score " + highest);
        }
    }

    private void error(String pointer, String code, String detail) {
        errors.add(new Problem.FieldError(pointer, code, detail));
    }
}
