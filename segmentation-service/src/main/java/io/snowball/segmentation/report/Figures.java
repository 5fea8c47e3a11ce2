package io.snowball.segmentation.report;

/** What the metrics are made of: counted in one statement, of one moment. Money in kopecks, times in seconds. */
record Figures(Sales sales, Clients clients, Lives lives, Potentials potentials) {

    record Sales(long payers, long orders, long revenue, long reach) {}

    /** @param newAtEnd whose first order lies in the period */
    record Clients(long atStart, long atEnd, long newAtEnd, long lost) {}

    record Lives(long gaps, double gapSeconds, double lostLifeSeconds, long payersRevenueEver) {}

    /** Of the newest prediction model, whatever the period. */
    record Potentials(long customers, long sum) {}
}
