// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.smoothing.noise;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.stream.IntStream;

/**
 * The mass that the normal distribution N(0, sigma^2) puts on the cells of the 1/255 grid, rounded down to multiples of
 * 2^-60.
 *
 * <p>Cell z is what rounds to z/255. Its mass is a difference of G(y) = Phi(y) - 1/2 at y = (2z - 1) / (510 sigma) and
 * (2z + 1) / (510 sigma), where for y above 0
 *
 * <pre>G(y) = S(y) / (sqrt(2 pi) exp(y^2 / 2)),   S(y) = sum over k of y^(2k+1) / (1 * 3 * 5 ... (2k+1)).</pre>
 *
 * S and the exponential are sums of positive terms, which cannot cancel; they are summed in fixed point with 192 binary
 * places. Each of N terms is rounded by less than 2 units in the last place (ulp), and no product of later factors
 * exceeds exp(y^2 / 2): so a sum is wrong by less than 2 N^2 exp(y^2 / 2) ulp, and G by less than 4 N^2 ulp. Up to y =
 * 12, N is below 512, which makes the error less than 2^-170. Beyond, G lies within 2^-108 of 1/2 and is taken for 1/2.
 * Hence a computed mass less {@link #ERROR} = 2^-100 is a lower bound of the true mass.
 */
final class NormalCells {
    private static final int PLACES = 192;
    private static final int SIGMA_PLACES = 64;
    private static final BigInteger ONE = BigInteger.ONE.shiftLeft(PLACES);
    private static final BigInteger HALF = ONE.shiftRight(1);
    private static final BigInteger ERROR = ONE.shiftRight(100);
    private static final BigInteger FARTHEST = ONE.multiply(BigInteger.valueOf(12));

    /** From mpmath.nstr(mpmath.sqrt(2 * mpmath.pi), 90). */
    private static final BigInteger SQRT_TWO_PI = new BigDecimal(
                    "2.50662827463100050241576528481104525300698674060993831" + "662992357634229365460784197494659584")
            .multiply(new BigDecimal(ONE))
            .toBigInteger();

    private NormalCells() {}

    /**
     * Masses of the cells 0 to {@code last} in units of 2^-60, each rounded down; the last one holds all that lies
     * beyond it too. The cells below 0 mirror them.
     *
     * @param sigma at least 2^-11, so that 64 binary places hold it exactly
     */
    static long[] masses(double sigma, int last) {
        BigInteger unit = new BigDecimal(sigma)
                .multiply(new BigDecimal(BigInteger.ONE.shiftLeft(SIGMA_PLACES)))
                .toBigIntegerExact()
                .multiply(BigInteger.valueOf(510));
        BigInteger[] edges = IntStream.range(0, last)
                .parallel()
                .mapToObj(cell -> BigInteger.valueOf(2L * cell + 1)
                        .shiftLeft(PLACES + SIGMA_PLACES)
                        .divide(unit))
                .map(NormalCells::centredCdf)
                .toArray(BigInteger[]::new);
        long[] masses = new long[last + 1];
        masses[0] = floor(edges[0].shiftLeft(1));
        for (int cell = 1; cell < last; cell++) {
            masses[cell] = floor(edges[cell].subtract(edges[cell - 1]));
        }
        masses[last] = floor(HALF.subtract(edges[last - 1]));
        return masses;
    }

    private static long floor(BigInteger mass) {
        return mass.subtract(ERROR).max(BigInteger.ZERO).shiftRight(PLACES - 60).longValueExact();
    }

    private static BigInteger centredCdf(BigInteger y) {
        if (y.compareTo(FARTHEST) >= 0) {
            return HALF;
        }
        BigInteger square = multiply(y, y);
        BigInteger numerator = series(y, square, 3, 2);
        BigInteger denominator = multiply(SQRT_TWO_PI, series(ONE, square.shiftRight(1), 1, 1));
        return numerator.shiftLeft(PLACES).divide(denominator);
    }

    /** Sums first * (1 + factor/divisor * (1 + factor/(divisor + step) * (1 + ...))) until a term vanishes. */
    private static BigInteger series(BigInteger first, BigInteger factor, int divisor, int step) {
        BigInteger sum = BigInteger.ZERO;
        BigInteger term = first;
        for (int next = divisor; term.signum() > 0; next += step) {
            sum = sum.add(term);
            term = multiply(term, factor).divide(BigInteger.valueOf(next));
        }
        return sum;
    }

    private static BigInteger multiply(BigInteger a, BigInteger b) {
        return a.multiply(b).shiftRight(PLACES);
    }
}
