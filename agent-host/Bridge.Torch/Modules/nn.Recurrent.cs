using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static LSTM LSTM(long inputSize, long hiddenSize, long numLayers = 1, bool bias = true, bool batchFirst = false, double dropout = 0.0, bool bidirectional = false, Device? device = null, ScalarType? dtype = null)
            => Here(device, dtype, nameof(LSTM), new LSTM(inputSize, hiddenSize, numLayers, bias, batchFirst, dropout, bidirectional));

        public static GRU GRU(long inputSize, long hiddenSize, long numLayers = 1, bool bias = true, bool batchFirst = false, double dropout = 0.0, bool bidirectional = false, Device? device = null, ScalarType? dtype = null)
            => Here(device, dtype, nameof(GRU), new GRU(inputSize, hiddenSize, numLayers, bias, batchFirst, dropout, bidirectional));

        public static LSTMCell LSTMCell(long inputSize, long hiddenSize, bool bias = true, Device? device = null, ScalarType? dtype = null)
            => Here(device, dtype, nameof(LSTMCell), new LSTMCell(inputSize, hiddenSize, bias));

        public static GRUCell GRUCell(long inputSize, long hiddenSize, bool bias = true, Device? device = null, ScalarType? dtype = null)
            => Here(device, dtype, nameof(GRUCell), new GRUCell(inputSize, hiddenSize, bias));
    }
}
