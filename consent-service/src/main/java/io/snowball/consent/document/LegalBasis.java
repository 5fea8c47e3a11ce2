package io.snowball.consent.document;

/** On what ground data are processed: 152-FZ art. 6 p. 1. */
public enum LegalBasis {
    CONSENT("согласие субъекта персональных данных (152-ФЗ, ст. 6 ч. 1 п. 1)"),
    LAW("обязанности, возложенные законом на оператора (152-ФЗ, ст. 6 ч. 1 п. 2)"),
    CONTRACT("договор, стороной которого является субъект (152-ФЗ, ст. 6 ч. 1 п. 5)"),
    LEGITIMATE_INTEREST("права и законные интересы оператора (152-ФЗ, ст. 6 ч. 1 п. 7)"),
    STATISTICS("статистические цели при обезличивании (152-ФЗ, ст. 6 ч. 1 п. 9)");

    private final String words;

    LegalBasis(String words) {
        this.words = words;
    }

    /** As documents say it. */
    public String words() {
        return words;
    }
}
