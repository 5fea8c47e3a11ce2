package io.snowball.consent.calendar;

import java.time.LocalDate;

/** @param extension by how much it may be put off, once; 0 where it may not */
record Term(TermCode code, LocalDate effectiveFrom, int amount, TermUnit unit, int extension, String article) {
    Term extended() {
        return new Term(code, effectiveFrom, amount + extension, unit, 0, article);
    }
}
