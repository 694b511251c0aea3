// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network.independence;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The operators that are known, and what each does with the images of a batch. */
final class Operators {
    /** The oldest and the newest version of ONNX's operators whose meaning is known here. */
    static final long OLDEST = 7;

    static final long NEWEST = 24;

    static final String ONNX = "";
    static final String MICROSOFT = "com.microsoft";

    private static final Map<String, Rule> STANDARD = new HashMap<>();
    private static final Map<String, Rule> OF_MICROSOFT = new HashMap<>();

    private static final Rule RANDOM = Rule.refusing(() -> Unproved.chance("draws random numbers"));
    private static final Rule DYNAMIC =
            Rule.refusing(() -> Unproved.mixes("chooses its scale by the range of all images of the batch"));
    private static final Rule NOT_WRITTEN = Rule.refusing(Operators::notWritten);

    private Operators() {}

    static {
        standard(Elementwise::apply, """
                Abs Acos Acosh Add And Asin Asinh Atan Atanh BitShift BitwiseAnd BitwiseNot BitwiseOr BitwiseXor Cast Ceil
                Celu Clip Cos Cosh Div Elu Equal Erf Exp Floor Gelu Greater GreaterOrEqual HardSigmoid HardSwish Identity
                IsInf IsNaN LeakyRelu Less LessOrEqual Log Max Mean Min Mish Mod Mul Neg Not Or PRelu Pow Reciprocal Relu
                Round Selu Shrink Sigmoid Sign Sin Sinh Softplus Softsign Sqrt Sub Sum Swish Tan Tanh ThresholdedRelu
                Where Xor""");
        standard(Elementwise::first, "CastLike");
        standard(Reshaping::reshape, "Reshape");
        standard(Reshaping::flatten, "Flatten");
        standard(Reshaping::squeeze, "Squeeze");
        standard(Reshaping::unsqueeze, "Unsqueeze");
        standard(Reduction::reduce, """
                ReduceL1 ReduceL2 ReduceLogSum ReduceLogSumExp ReduceMax ReduceMean ReduceMin ReduceProd ReduceSum
                ReduceSumSquare""");
        standard(Reduction::one, "ArgMax ArgMin");
        standard(Reduction::softmax, "Softmax LogSoftmax Hardmax");
        standard(Reduction::lpNormalization, "LpNormalization");
        standard(Reduction::meanVarianceNormalization, "MeanVarianceNormalization");
        standard(Reduction::cumulativeSum, "CumSum");
        STANDARD.put("TopK", Reduction::topK);
        standard(Product::matMul, "MatMul");
        standard(Product::gemm, "Gemm");
        standard(Product::einsum, "Einsum");
        standard(Windows::convolution, "Conv ConvInteger");
        standard(Windows::transposedConvolution, "ConvTranspose");
        standard(Windows::pool, "MaxPool AveragePool LpPool");
        standard(Windows::globalPool, "GlobalMaxPool GlobalAveragePool GlobalLpPool");
        standard(Windows::resize, "Resize Upsample");
        standard(ChannelNormalization::batchNormalization, "BatchNormalization");
        standard(ChannelNormalization::byImage, "InstanceNormalization GroupNormalization LRN");
        standard(ChannelNormalization::layerNormalization, "LayerNormalization RMSNormalization");
        standard(Selection::transpose, "Transpose");
        standard(Selection::slice, "Slice");
        STANDARD.put("Split", Selection::split);
        standard(Selection::gather, "Gather");
        standard(Selection::gatherElements, "GatherElements");
        standard(Selection::concat, "Concat");
        standard(Selection::pad, "Pad");
        standard(Selection::expand, "Expand");
        standard(Selection::tile, "Tile");
        standard(Selection::spaceToDepth, "SpaceToDepth");
        standard(Selection::depthToSpace, "DepthToSpace");
        standard(Quantization::linear, "QuantizeLinear DequantizeLinear");
        STANDARD.put("DynamicQuantizeLinear", DYNAMIC);
        standard(Product::integers, "MatMulInteger");
        standard(Product::quantized, "QLinearMatMul");
        standard(Windows::quantizedConvolution, "QLinearConv");
        STANDARD.put("Constant", Rule.making(Making::constant));
        STANDARD.put("ConstantOfShape", Rule.making(Making::filled));
        STANDARD.put("Range", Rule.making(Making::range));
        STANDARD.put("Shape", Rule.making(Making::shape));
        STANDARD.put("Size", Rule.making(Making::size));
        STANDARD.put("Dropout", Chance::dropout);
        add(STANDARD, RANDOM, "Bernoulli Multinomial RandomNormal RandomNormalLike RandomUniform RandomUniformLike");
        add(STANDARD, Rule.ofConstantsAlone(Operators::notWritten), "Scatter ScatterElements ScatterND Trilu");
        // Each gives one image the same values again and again: a batch of one image needs no more.
        add(STANDARD, NOT_WRITTEN, """
                AffineGrid Attention BlackmanWindow CenterCropPad Col2Im Compress ConstantFill DeformConv Det DFT EyeLike
                GatherND GridSample GRU HammingWindow HannWindow If Loop LSTM MaxRoiPool MaxUnpool MelWeightMatrix
                NegativeLogLikelihoodLoss NonMaxSuppression NonZero OneHot ReverseSequence RNN RoiAlign RotaryEmbedding Scan
                SoftmaxCrossEntropyLoss STFT TensorScatter Unique""");

        microsoft(Elementwise::apply, "BiasGelu FastGelu Gelu QuickGelu");
        microsoft(Product::fused, "FusedMatMul");
        microsoft(Product::gemm, "FusedGemm");
        microsoft(Product::quantizedGemm, "QGemm");
        microsoft(Windows::convolution, "FusedConv");
        microsoft(Windows::quantizedConvolution, "QLinearConv");
        microsoft(Quantization::linear, "QuantizeLinear DequantizeLinear");
        microsoft(Quantization::each, "QLinearLeakyRelu QLinearSigmoid");
        microsoft(Quantization::pair, "QLinearAdd QLinearMul");
        microsoft(Windows::poolWithChannelsLast, "NhwcMaxPool");
        microsoft(Quantization::pool, "QLinearAveragePool");
        microsoft(Quantization::globalPool, "QLinearGlobalAveragePool");
        microsoft(Quantization::concat, "QLinearConcat");
        add(OF_MICROSOFT, DYNAMIC, "DynamicQuantizeLSTM DynamicQuantizeMatMul");
        add(OF_MICROSOFT, NOT_WRITTEN, """
                Attention EmbedLayerNormalization GroupNorm LayerNormalization MatMulInteger16 MatMulIntegerToFloat
                MatMulNBits MultiHeadAttention NhwcConv QAttention QLinearReduceMean QLinearSoftmax QLinearWhere
                SimplifiedLayerNormalization SkipGroupNorm SkipLayerNormalization SkipSimplifiedLayerNormalization""");
    }

    /** The rule of an operator; empty when it is not known. */
    static Optional<Rule> find(String domain, String operator) {
        return Optional.ofNullable(
                switch (domain) {
                    case ONNX -> STANDARD.get(operator);
                    case MICROSOFT -> OF_MICROSOFT.get(operator);
                    default -> null;
                });
    }

    private static Unproved notWritten() {
        return Unproved.mixes("is of an operator that is not looked into");
    }

    private static void standard(Function<Call, Value> rule, String operators) {
        add(STANDARD, Rule.of(rule), operators);
    }

    private static void microsoft(Function<Call, Value> rule, String operators) {
        add(OF_MICROSOFT, Rule.of(rule), operators);
    }

    private static void add(Map<String, Rule> table, Rule rule, String operators) {
        for (String operator : List.of(operators.trim().split("\\s+"))) {
            table.put(operator, rule);
        }
    }
}
