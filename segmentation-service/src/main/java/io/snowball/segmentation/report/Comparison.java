package io.snowball.segmentation.report;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

@Schema(
        name = "ReportComparison",
        description = "PREVIOUS: as many months or days just before; YEAR_AGO: the same days")
public enum Comparison {
    NONE,
    PREVIOUS,
    YEAR_AGO
}
