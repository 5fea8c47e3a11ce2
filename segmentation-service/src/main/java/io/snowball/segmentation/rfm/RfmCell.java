package io.snowball.segmentation.rfm;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The eleven cells. Their names are the deck's, in Russian and in English. */
@Schema(name = "RfmCell")
public enum RfmCell {
    LOYAL_LOST(Row.LOYAL, Column.LOST, "Отток из лояльных", "Churned from loyal"),
    LOYAL_AT_RISK(Row.LOYAL, Column.AT_RISK, "Лояльные в зоне риска", "Loyal at risk"),
    LOYAL(Row.LOYAL, Column.ACTIVE, "Лояльные", "Loyal"),
    VIP(Row.LOYAL, Column.TOP, "VIP", "VIP"),
    PROMISING_LOST(Row.PROMISING, Column.LOST, "Отток из перспективных", "Churned from promising"),
    PROMISING_AT_RISK(Row.PROMISING, Column.AT_RISK, "Перспективные в зоне риска", "Promising at risk"),
    PROMISING(Row.PROMISING, Column.ACTIVE, "Перспективные", "Promising"),
    ONE_TIME_LOST(Row.ONE_TIME, Column.LOST, "Разовые потерянные", "One-time, lost"),
    ONE_TIME_AT_RISK(Row.ONE_TIME, Column.AT_RISK, "Разовые в зоне риска", "One-time, at risk"),
    NEWCOMER(Row.ONE_TIME, Column.ACTIVE, "Новички", "Newcomers"),
    FIRST_PURCHASE(Row.ONE_TIME, Column.FIRST, "Первая покупка", "First purchase");

    /** Value by frequency. */
    @Schema(name = "RfmRow")
    enum Row {
        LOYAL,
        PROMISING,
        ONE_TIME
    }

    /** From lost to fresh. */
    @Schema(name = "RfmColumn")
    enum Column {
        LOST,
        AT_RISK,
        ACTIVE,
        FIRST,
        TOP
    }

    private final Row row;
    private final Column column;
    private final String nameRu;
    private final String nameEn;

    RfmCell(Row row, Column column, String nameRu, String nameEn) {
        this.row = row;
        this.column = column;
        this.nameRu = nameRu;
        this.nameEn = nameEn;
    }

    Row row() {
        return row;
    }

    Column column() {
        return column;
    }

    public String nameRu() {
        return nameRu;
    }

    public String nameEn() {
        return nameEn;
    }
}
