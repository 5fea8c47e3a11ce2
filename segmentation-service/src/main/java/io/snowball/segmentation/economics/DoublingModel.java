package io.snowball.segmentation.economics;

import io.snowball.segmentation.economics.EconomicsApi.DoublingInputs;
import io.snowball.segmentation.economics.EconomicsApi.DoublingRow;
import io.snowball.segmentation.economics.EconomicsApi.DoublingView;
import java.math.BigDecimal;

/** Four factors, each a little larger. The text and its figure disagree on the conversion (X1): both are shown. */
final class DoublingModel {
    private DoublingModel() {}

    static DoublingView of(DoublingInputs inputs) {
        BigDecimal grown = BigDecimal.ONE.add(inputs.growth());
        return new DoublingView(
                row(inputs, BigDecimal.ONE, BigDecimal.ONE),
                row(inputs, grown, grown),
                row(inputs, grown, BigDecimal.ONE));
    }

    private static DoublingRow row(DoublingInputs inputs, BigDecimal factor, BigDecimal conversionFactor) {
        BigDecimal inflow = inputs.inflow().multiply(factor);
        BigDecimal conversion = inputs.conversion().multiply(conversionFactor);
        BigDecimal buyers = inflow.multiply(conversion);
        BigDecimal bill = inputs.averageBill().amount().multiply(factor);
        BigDecimal transactions = inputs.transactions().multiply(factor);
        return new DoublingRow(
                GrowthModel.plain(inflow),
                GrowthModel.plain(conversion),
                GrowthModel.plain(buyers),
                GrowthModel.money(bill),
                GrowthModel.plain(transactions),
                GrowthModel.money(buyers.multiply(bill).multiply(transactions)));
    }
}
