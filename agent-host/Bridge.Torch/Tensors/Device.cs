namespace TorchSharp;

public enum DeviceType
{
    CPU = 0,
    CUDA = 1,
}

public static partial class torch
{
    public static readonly Device CPU = new(DeviceType.CPU);

    /// <summary>Where a tensor lives. Only the CPU is here; another one is refused when it is used.</summary>
    public sealed class Device
    {
        public Device(DeviceType type, int index = -1)
        {
            this.type = type;
            this.index = index;
        }

        public Device(string description) : this(description switch
        {
            "cpu" => DeviceType.CPU,
            "cuda" => DeviceType.CUDA,
            _ => throw new ArgumentException($"device: '{description}' is not known; use 'cpu'", nameof(description)),
        }) { }

        public DeviceType type { get; }
        public int index { get; }
        public override string ToString() => type.ToString().ToLowerInvariant();
        public override bool Equals(object? obj) => obj is Device other && other.type == type && other.index == index;
        public override int GetHashCode() => HashCode.Combine(type, index);
        public static implicit operator Device(string description) => new(description);

        /// <summary>Refuses what is not here.</summary>
        internal static void Check(Device? device, string operation)
        {
            if (device is not null && device.type != DeviceType.CPU)
                throw new NotSupportedException($"{operation}: device {device} is not here; use torch.CPU, or build with -p:UseTorchSharp=true");
        }
    }

    public static Device device(string description) => new(description);

    public static Device device(DeviceType type, int index = -1) => new(type, index);
}
