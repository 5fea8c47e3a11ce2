package io.snowball.segmentation.cluster;

/**
 * What a cluster is like, in words: what remains comparable when buyers are grouped again.
 *
 * @param recency of the days since the last order: low is lately
 */
public record ClusterKind(ClusterLevel recency, ClusterLevel frequency, ClusterLevel bill) {
    private static final Words RECENCY_RU =
            new Words("покупали недавно", "покупали не очень давно", "давно не покупали");
    private static final Words RECENCY_EN =
            new Words("bought lately", "bought some time ago", "have not bought for long");
    private static final Words FREQUENCY_RU = new Words("редко", "время от времени", "часто");
    private static final Words FREQUENCY_EN = new Words("seldom", "now and then", "often");
    private static final Words BILL_RU = new Words("средний чек низкий", "средний чек обычный", "средний чек высокий");
    private static final Words BILL_EN =
            new Words("with a low average bill", "with a usual average bill", "with a high average bill");

    private record Words(String low, String middle, String high) {
        String of(ClusterLevel level) {
            return switch (level) {
                case LOW -> low;
                case MIDDLE -> middle;
                case HIGH -> high;
            };
        }
    }

    public String descriptionRu() {
        return String.join(", ", RECENCY_RU.of(recency), FREQUENCY_RU.of(frequency), BILL_RU.of(bill));
    }

    public String descriptionEn() {
        return String.join(", ", RECENCY_EN.of(recency), FREQUENCY_EN.of(frequency), BILL_EN.of(bill));
    }
}
