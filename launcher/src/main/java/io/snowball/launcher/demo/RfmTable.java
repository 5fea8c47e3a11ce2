package io.snowball.launcher.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The RFM grid as a table for a terminal: who buys often above, who bought lately to the right. */
final class RfmTable {
    private static final Map<String, String> ROWS =
            Map.of("LOYAL", "loyal", "PROMISING", "promising", "ONE_TIME", "one-time");
    private static final Map<String, String> COLUMNS =
            Map.of("LOST", "lost", "AT_RISK", "at risk", "ACTIVE", "active", "FIRST", "first purchase", "TOP", "top");
    private static final int WIDTH = 30;

    private RfmTable() {}

    static String of(JsonNode rfm) {
        StringBuilder table = new StringBuilder("\n");
        List<String> columns = names(rfm.path("columns"));
        table.append(" ".repeat(12));
        columns.forEach(column -> table.append(padded(COLUMNS.getOrDefault(column, column))));
        table.append('\n');
        for (String row : names(rfm.path("rows"))) {
            table.append(String.format("  %-10s", ROWS.getOrDefault(row, row)));
            columns.forEach(column -> table.append(padded(cell(rfm, row, column))));
            table.append('\n');
        }
        table.append(String.format(
                Locale.ROOT,
                "%n  %s customers, %s of revenue%n",
                rfm.path("customers").asText(),
                Sentences.money(rfm.path("revenue"))));
        return table.toString();
    }

    private static String cell(JsonNode rfm, String row, String column) {
        for (JsonNode cell : rfm.path("cells")) {
            if (cell.path("row").asText().equals(row)
                    && cell.path("column").asText().equals(column)) {
                return cell.path("nameEn").asText() + " "
                        + cell.path("customers").asText();
            }
        }
        return "–";
    }

    private static List<String> names(JsonNode array) {
        return array.valueStream().map(JsonNode::asText).toList();
    }

    private static String padded(String text) {
        return String.format("%-" + WIDTH + "s", text);
    }
}
