package io.snowball.segmentation.rule;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

@Schema(name = "Comparison")
public enum Comparison {
    LESS("<"),
    LESS_OR_EQUAL("<="),
    EQUAL("="),
    NOT_EQUAL("<>"),
    GREATER_OR_EQUAL(">="),
    GREATER(">");

    private final String sql;

    Comparison(String sql) {
        this.sql = sql;
    }

    /** @return a condition in SQL; both sides are expressions, values among them bound */
    String of(String left, String right) {
        return "(" + left + " " + sql + " " + right + ")";
    }
}
