package io.snowball.segmentation.rfm;

import io.snowball.segmentation.rfm.RfmGridApi.RfmGridBody;
import io.snowball.segmentation.rfm.RfmGridApi.RfmGridCell;
import io.snowball.segmentation.rfm.RfmGridApi.RfmMethod;
import io.snowball.segmentation.rfm.RfmGridApi.RfmScores;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The segments of the R package rfm by quintiles, in the order in which it asks for them. */
final class PublishedGrids {
    /** name: recency, frequency, monetary, each the lowest and the highest score. */
    static final RfmGridBody VIGNETTE = quintiles("vignette", """
            Champions: 5 5 5 5 5 5
            Potential Loyalist: 3 5 3 5 2 5
            Loyal Customers: 2 4 2 4 2 4
            Promising: 3 4 1 3 3 5
            New Customers: 4 5 1 3 1 5
            Can't Lose Them: 1 2 3 4 4 5
            At Risk: 1 2 2 5 4 5
            Need Attention: 1 3 3 5 3 5
            About To Sleep: 2 3 1 3 1 4
            Lost: 1 1 1 5 1 5
            """);

    static final RfmGridBody TESTS = quintiles("tests", """
            Champions: 4 5 4 5 4 5
            Loyal Customers: 2 5 3 5 3 5
            Potential Loyalist: 3 5 1 3 1 3
            New Customers: 4 5 1 1 1 1
            Promising: 3 4 1 1 1 1
            Need Attention: 2 3 2 3 2 3
            About To Sleep: 2 3 1 2 1 2
            At Risk: 1 2 2 5 2 5
            Can't Lose Them: 1 1 4 5 4 5
            Lost: 1 2 1 2 1 2
            """);

    private PublishedGrids() {}

    static String code(String name) {
        return name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z]+", "_");
    }

    private static RfmGridBody quintiles(String name, String cells) {
        return new RfmGridBody(name, RfmMethod.QUANTILES, 5, null, null, null, cells(cells));
    }

    private static List<RfmGridCell> cells(String cells) {
        return cells.lines().map(PublishedGrids::cell).toList();
    }

    private static RfmGridCell cell(String line) {
        String[] parts = line.split(": ");
        List<Integer> s = Stream.of(parts[1].split(" ")).map(Integer::valueOf).toList();
        return new RfmGridCell(
                code(parts[0]),
                parts[0],
                new RfmScores(s.get(0), s.get(1)),
                new RfmScores(s.get(2), s.get(3)),
                new RfmScores(s.get(4), s.get(5)));
    }
}
