namespace NetMQ;

/// <summary>Base of every error of the messaging layer.</summary>
public class NetMQException : Exception
{
    public NetMQException(string message, Exception? inner = null) : base(message, inner) { }
}

/// <summary>The address of a <c>Bind</c> is taken by another socket or program.</summary>
public class AddressAlreadyInUseException : NetMQException
{
    public AddressAlreadyInUseException(string message, Exception? inner = null) : base(message, inner) { }
}

/// <summary>An address, an option or a message is not one that a socket can use.</summary>
public class InvalidException : NetMQException
{
    public InvalidException(string message, Exception? inner = null) : base(message, inner) { }
}

/// <summary><c>Unbind</c> or <c>Disconnect</c> named an endpoint that the socket does not have.</summary>
public class EndpointNotFoundException : NetMQException
{
    public EndpointNotFoundException(string message, Exception? inner = null) : base(message, inner) { }
}

/// <summary>A ROUTER with <c>RouterMandatory</c> was given a message for a peer that is not connected.</summary>
public class HostUnreachableException : NetMQException
{
    public HostUnreachableException(string message, Exception? inner = null) : base(message, inner) { }
}

/// <summary>A REQ or REP socket was asked to send when it must receive, or the reverse.</summary>
public class FiniteStateMachineException : NetMQException
{
    public FiniteStateMachineException(string message, Exception? inner = null) : base(message, inner) { }
}

/// <summary><see cref="NetMQConfig.Cleanup"/> was called while the socket was open; only <c>Dispose</c> is left to call.</summary>
public class TerminatingException : NetMQException
{
    public TerminatingException(string message, Exception? inner = null) : base(message, inner) { }
}
