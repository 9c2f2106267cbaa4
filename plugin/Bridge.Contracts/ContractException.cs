namespace Bridge.Contracts;

/// <summary>A request that cannot be carried out as asked. The message names the thing and says what to do; it is meant for the caller.</summary>
public sealed class ContractException(FaultCode code, string message, Exception? inner = null) : Exception(message, inner)
{
    public FaultCode Code { get; } = code;
}
