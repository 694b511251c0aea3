// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.evaluation.picture;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.catrs.certifier.adversary.Perturbation;
import org.catrs.certifier.adversary.PerturbationSearch;
import org.catrs.certifier.evaluation.charts.ChartStyle;
import org.catrs.certifier.evaluation.charts.PlotFile;
import org.catrs.certifier.smoothing.BaseClassifier;
import org.catrs.certifier.smoothing.Certificate;
import org.catrs.certifier.smoothing.Evidence;
import org.catrs.certifier.smoothing.SmoothingParameters;
import org.catrs.certifier.smoothing.bound.RoundedDown;
import org.catrs.certifier.smoothing.counts.ClassCounts;
import org.catrs.certifier.smoothing.noise.NoiseSampler;
import org.catrs.certifier.smoothing.noise.Phase;
import org.catrs.schemas.InvalidDataException;
import org.catrs.schemas.image.ImageTensor;

/**
 * Draws what a certificate says of one image: above, the image and noisy copies with their votes; below, the worst image
 * of the certified size that a search finds, and that the label holds there. Where it abstains, the votes show why.
 */
public final class CertificatePicture {
    private static final int WIDTH = 960;
    private static final int MARGIN = 48;
    private static final int GAP = 32;
    private static final int CELL = 192;
    private static final int COPIES = 3;
    private static final int HEIGHT = 668;
    private static final int FIRST_ROW = 128;
    private static final int SECOND_ROW = 392;
    private static final int LINE = 22;
    private static final int BAR = 22;
    /** A few seconds for most networks. */
    private static final int BUDGET = 6000;

    private static final int PLACES = 3;
    private static final Color TEXT = new Color(0x1F2328);
    private static final Color QUIET = new Color(0x57606A);
    private static final Color FRAME = new Color(0xD0D7DE);

    private final ImageTensor image;
    private final Certificate certificate;
    private final List<String> labels;
    private final BaseClassifier classifier;

    /** @param labels what to call each class, in the order of the classes */
    public CertificatePicture(
            ImageTensor image, Certificate certificate, List<String> labels, BaseClassifier classifier) {
        this.image = image;
        this.certificate = certificate;
        this.labels = List.copyOf(labels);
        this.classifier = classifier;
    }

    /**
     * Searches and draws.
     *
     * @throws InvalidDataException when the file cannot be written, or this machine has no fonts
     */
    public void write(Path file) {
        PlotFile.requireFonts();
        BufferedImage picture = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = picture.createGraphics();
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, WIDTH, HEIGHT);
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        drawNoisyCopies(graphics);
        if (certificate instanceof Certificate.Certified certified) {
            drawCertified(graphics, certified);
        } else {
            drawAbstained(graphics);
        }
        graphics.dispose();
        try (OutputStream out = Files.newOutputStream(file)) {
            if (!ImageIO.write(picture, "png", out)) {
                throw new IllegalStateException("this Java has no PNG encoder");
            }
        } catch (IOException e) {
            throw new InvalidDataException(file + " cannot be written: " + e, e);
        }
    }

    private void drawNoisyCopies(Graphics2D graphics) {
        Evidence evidence = certificate.evidence();
        SmoothingParameters parameters = evidence.parameters();
        cell(graphics, 0, FIRST_ROW, PixelPicture.of(image), "The image", "");
        NoiseSampler noise =
                NoiseSampler.of(parameters.noise(), parameters.sigma(), image, evidence.seed(), Phase.ESTIMATION);
        float[] copy = new float[image.shape().size()];
        for (int i = 0; i < COPIES; i++) {
            noise.draw(i, copy, 0);
            ClassCounts vote = classifier.count(image, parameters, evidence.seed(), Phase.ESTIMATION, i, 1);
            String caption = vote.of(vote.top()) == 0 ? "votes for nothing" : "votes " + labels.get(vote.top());
            String above = i == 0 ? "Noisy copies, sigma " + parameters.sigma() : "";
            cell(graphics, 1 + i, FIRST_ROW, PixelPicture.of(copy, image.shape()), above, caption);
        }
    }

    private void drawCertified(Graphics2D graphics, Certificate.Certified certified) {
        String label = labels.get(certified.label());
        double alpha = certified.evidence().parameters().alpha();
        title(
                graphics,
                titleOf(certified, label),
                "No 8-bit image at a smaller L2 distance has another label, except with probability " + alpha
                        + " over the noise.");
        Perturbation worst = new PerturbationSearch(
                        classifier, certified.evidence().parameters().sigma())
                .worst(image, certified.label(), certified.radius(), BUDGET, List.of());
        int times = PixelPicture.enlargement(worst.image(), image);
        cell(
                graphics,
                0,
                SECOND_ROW,
                PixelPicture.of(worst.image()),
                "The worst image found",
                "distance " + RoundedDown.format(worst.size(), PLACES));
        cell(
                graphics,
                1,
                SECOND_ROW,
                PixelPicture.ofDifference(worst.image(), image, times),
                "What was changed",
                times == 1 ? "" : "enlarged " + times + " times");
        ClassCounts before = certified.evidence().estimation();
        double share = worst.share(certified.label());
        int y = SECOND_ROW + LINE;
        heading(graphics, "Noisy copies that vote " + label, SECOND_ROW - 10);
        y = bar(graphics, y, "of the image", (double) before.of(certified.label()) / before.samples(), 0);
        y = bar(graphics, y, "of the worst image found", share, 1);
        heading(
                graphics,
                share > 0.5 ? "The label holds: still more than half." : "Half or fewer: the label is in doubt.",
                y + 12);
        text(graphics, "A search with " + grouped(BUDGET) + " noisy copies found it.", y + 12 + LINE);
        text(graphics, "Another may find worse. No search finds", y + 12 + 2 * LINE);
        text(graphics, "another label: that is the certificate.", y + 12 + 3 * LINE);
    }

    static String titleOf(Certificate.Certified certified, String label) {
        return "Certified: " + label + ", within radius " + RoundedDown.format(certified.radius(), PLACES);
    }

    private void drawAbstained(Graphics2D graphics) {
        ClassCounts votes = certificate.evidence().estimation();
        String bound = RoundedDown.format(certificate.evidence().probabilityLowerBound(), PLACES);
        title(
                graphics,
                "Abstained: no label is certified",
                "Of " + labels.get(certificate.evidence().candidate())
                        + " it is only shown that a share above " + bound
                        + " of all noisy copies votes for it. It must be above 0.5.");
        graphics.setFont(font(Font.BOLD, 15));
        graphics.setColor(TEXT);
        graphics.drawString("Votes of " + grouped(votes.samples()) + " noisy copies", MARGIN, SECOND_ROW - 10);
        List<Integer> most = IntStream.range(0, votes.classes())
                .boxed()
                .sorted(Comparator.comparingLong((Integer label) -> -votes.of(label)))
                .limit(3)
                .toList();
        int y = SECOND_ROW + LINE;
        for (int place = 0; place < most.size(); place++) {
            int label = most.get(place);
            y = bar(graphics, MARGIN, y, labels.get(label), (double) votes.of(label) / votes.samples(), place);
        }
    }

    private static void title(Graphics2D graphics, String title, String below) {
        graphics.setColor(TEXT);
        graphics.setFont(font(Font.BOLD, 24));
        graphics.drawString(title, MARGIN, 52);
        graphics.setColor(QUIET);
        graphics.setFont(font(Font.PLAIN, 15));
        graphics.drawString(below, MARGIN, 80);
    }

    private static int column(int index) {
        return MARGIN + index * (CELL + GAP);
    }

    private static void heading(Graphics2D graphics, String words, int y) {
        graphics.setColor(TEXT);
        graphics.setFont(font(Font.BOLD, 15));
        graphics.drawString(words, column(2), y);
    }

    private static void text(Graphics2D graphics, String words, int y) {
        graphics.setColor(QUIET);
        graphics.setFont(font(Font.PLAIN, 15));
        graphics.drawString(words, column(2), y);
    }

    private static int bar(Graphics2D graphics, int y, String name, double share, int colour) {
        return bar(graphics, column(2), y, name, share, colour);
    }

    /** A share as a bar, with a line at one half; gives where the next one stands. */
    private static int bar(Graphics2D graphics, int x, int y, String name, double share, int colour) {
        int width = 2 * CELL + GAP - 80;
        graphics.setColor(QUIET);
        graphics.setFont(font(Font.PLAIN, 14));
        graphics.drawString(name, x, y);
        graphics.setColor(FRAME);
        graphics.fillRect(x, y + 6, width, BAR);
        graphics.setColor(ChartStyle.colour(colour));
        graphics.fillRect(x, y + 6, (int) Math.round(share * width), BAR);
        graphics.setColor(TEXT);
        graphics.setStroke(new BasicStroke(2));
        graphics.drawLine(x + width / 2, y + 3, x + width / 2, y + 9 + BAR);
        graphics.drawString(
                String.format(Locale.ROOT, "%.1f %%", Math.floor(1000 * share) / 10), x + width + 10, y + 22);
        return y + 62;
    }

    /** An image of the model in a cell, in whole pixels where it is enlarged. */
    private static void cell(
            Graphics2D graphics, int column, int top, BufferedImage shown, String above, String below) {
        int side = Math.max(shown.getWidth(), shown.getHeight());
        double scale = side <= CELL ? Math.floorDiv(CELL, side) : (double) CELL / side;
        int width = (int) Math.round(scale * shown.getWidth());
        int height = (int) Math.round(scale * shown.getHeight());
        graphics.setRenderingHint(
                RenderingHints.KEY_INTERPOLATION,
                scale >= 1
                        ? RenderingHints.VALUE_INTERPOLATION_NEAREST_NEIGHBOR
                        : RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        int x = column(column);
        graphics.drawImage(shown, x, top, width, height, null);
        graphics.setColor(FRAME);
        graphics.setStroke(new BasicStroke(1));
        graphics.drawRect(x, top, width - 1, height - 1);
        graphics.setColor(TEXT);
        graphics.setFont(font(Font.BOLD, 15));
        graphics.drawString(above, x, top - 10);
        graphics.setColor(QUIET);
        graphics.setFont(font(Font.PLAIN, 15));
        graphics.drawString(below, x, top + height + 20);
    }

    private static String grouped(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    private static Font font(int style, int size) {
        return new Font(Font.SANS_SERIF, style, size);
    }
}
