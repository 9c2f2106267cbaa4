using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Bridge.AgentHost.Serving;

/// <summary>Checks all settings and tells all errors at once, in words for whoever wrote them.</summary>
public sealed class AgentHostOptionsValidator : IValidateOptions<AgentHostOptions>
{
    public ValidateOptionsResult Validate(string? name, AgentHostOptions options)
    {
        var errors = new List<ValidationResult>();
        return Validator.TryValidateObject(options, new ValidationContext(options), errors, validateAllProperties: true)
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(errors.Select(error => $"setting {AgentHostOptions.Section}:{error.MemberNames.FirstOrDefault()}: {error.ErrorMessage}"));
    }
}
